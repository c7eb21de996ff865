/* How many files are opened at once, so that threads are left for pages; and how many one session is given in a while: each
 * waits in the front's memory until its reader has taken it.
 * Must not remember which.
 * Kept by memory.c; asked by web. */
#ifndef SERVICE_SESSION_FILES_H
#define SERVICE_SESSION_FILES_H

#include "store/rows.h"

#define FILES_AT_ONCE 3
#define FILES_MAX 12
#define FILES_MS ((int64_t)30 * 1000)

typedef struct Files Files;

/* Lives in keep. Errors: E_NO_MEMORY. */
MUST_USE Err files_new(Arena *keep, Files **ret_files);
void files_done(Files *files);

/* One more is opened, and files_end tells that it is. Errors: E_BUSY when FILES_AT_ONCE are, or when this session was given
 * FILES_MAX in FILES_MS. */
MUST_USE Err files_begin(Files *files, const Hash *session, int64_t now);
void files_end(Files *files);

#endif

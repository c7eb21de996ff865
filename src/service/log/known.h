/* What this process knows of long logs that were entered: the plain columns of their entries and what each adds to the digest.
 * Whoever adds to such a log need not read all of it again.
 * Must not be believed: the head is checked over it each time, together with what the database holds now, and a log that it does
 * not fit is read whole. Must not hold a key, or anything opened.
 * Made in main (NULL: nothing is kept); used by enter. */
#ifndef SERVICE_LOG_KNOWN_H
#define SERVICE_LOG_KNOWN_H

#include "service/service.h"

/* Safe for all threads. Errors: E_NO_MEMORY. */
MUST_USE Err known_new(Known **ret_known);
void known_free(Known *known);
void known_freep(Known **known);

/* The entries of a log as they were known last, with their marks, in keep. Of their sealed texts only the lengths are there; the
 * child's stands whole. Errors: E_NO_MEMORY. */
MUST_USE Err known_get(Known *known, Id log, Arena *keep, LogContent *ret_content, bool *ret_found);
/* Keeps a content whose head was found good; short logs, and what is nearly known, are passed over. */
void known_put(Known *known, const LogContent *content);
void known_drop(Known *known, Id log);

#endif

/* What this process knows of long logs that were entered: the plain columns of their entries and what each adds to the digest.
 * Whoever adds to such a log need not read all of it again.
 * Must not be believed: the head is checked over it each time, together with what the database holds now, and a log that it does
 * not fit is read whole. Must not hold a key, or anything opened.
 * Made in main (NULL: nothing is kept); used by enter and change. */
#ifndef SERVICE_LOG_KNOWN_H
#define SERVICE_LOG_KNOWN_H

#include "service/service.h"
#include "store/content.h"

/* Safe for all threads. Errors: E_NO_MEMORY. */
MUST_USE Err known_new(Known **ret_known);
void known_free(Known *known);
void known_freep(Known **known);

/* A log as it is known. It is shared, not copied: what was got of it stands until it is released. */
typedef struct KnownLog KnownLog;

/* The entries of a log as they were known last, with all marks and the digest over them; NULL when nothing is known. Of their
 * sealed texts only the lengths are there; the child's stands whole. */
KnownLog *known_get(Known *known, Id log, LogContent *ret_content);
/* known_release(NULL) is fine. */
void known_release(KnownLog *log);
/* Keeps a content whose head was found good; short logs, and what is nearly known, are passed over. */
void known_put(Known *known, const LogContent *content);
/* What was written in a log that was entered with this content is committed: the next save goes on from there. */
void known_grow(Known *known, const LogContent *before, const LogAfter *after);
void known_drop(Known *known, Id log);

#endif

/* For what reason somebody opened a log a short while ago: it holds for what leads on from there, so that nobody is asked twice.
 * Must not keep more than a number of them, nor outlive the process.
 * Kept by memory.c; used by web. Rules: access 13, 22. */
#ifndef SERVICE_SESSION_REASONS_H
#define SERVICE_SESSION_REASONS_H

#include "base/arena.h"
#include "base/id.h"
#include "domain/acts.h"

#define REASON_MS ((int64_t)30 * 60 * 1000)

typedef struct Reasons Reasons;

/* Lives in keep. Errors: E_NO_MEMORY. */
MUST_USE Err reasons_new(Arena *keep, Reasons **ret_reasons);
void reasons_done(Reasons *reasons);

/* The session of this grant gave a reason for this log. A newer one takes its place; when there are too many, the oldest goes. */
void reasons_put(Reasons *reasons, Id grant, Id log, Opening reason, int64_t now);
/* What it gave in the last REASON_MS; OPENING_NONE: nothing. */
Opening reasons_of(Reasons *reasons, Id grant, Id log, int64_t now);

#endif

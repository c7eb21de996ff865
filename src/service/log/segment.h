/* The part of a log that a unit wrote before it gave the log away: nobody ever changes it.
 * Must not show a former unit anything that was written afterwards.
 * Called by enter.c, reading and acts. Rules: transfer 4, 5, 7. */
#ifndef SERVICE_LOG_SEGMENT_H
#define SERVICE_LOG_SEGMENT_H

#include "service/log/entered.h"
#include "service/log/newest.h"

/* Whether an entry stands in a part that was given away: it is neither corrected nor removed, nor does it go on. What is said of the
 * child itself is kept right by whoever has the log, in versions of their own. */
bool log_is_frozen(const LogEntered *entered, const LogVersions *entry);
/* The number of the entry before which everything is such a part; 0: nothing is. */
int64_t log_frozen_before(const LogEntered *entered);
/* The number of the entry that is written next: everything stands before it. */
int64_t log_segment_end(const LogRow *log);
/* SHA-256 over the digests of the first entries of a log, all versions of them, in the order of writing. */
MUST_USE Err log_segment_hash(const LogContent *content, uint32_t count, Hash *ret_hash);
/* Of what was entered nothing stays but the part that the actor's unit gave away. Errors: E_FORGED when it is not what it was then. */
MUST_USE Err log_segment_narrow(LogEntered *entered, const Actor *actor, Arena *keep);
/* The header as that part tells it: the name, and the newest level. Errors: E_FORGED. */
MUST_USE Err log_segment_header(const LogEntered *entered, Arena *keep, Values *ret_header);

#endif

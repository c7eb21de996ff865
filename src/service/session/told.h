/* Alarms about persons that were told in the audit a short while ago: a person who presses again and again is one alarm, with a count.
 * Must not keep more than a number of each.
 * Kept by memory.c; used by web. */
#ifndef SERVICE_SESSION_TOLD_H
#define SERVICE_SESSION_TOLD_H

#include "base/arena.h"
#include "base/id.h"

#define TOLD_MS ((int64_t)10 * 60 * 1000)

typedef struct Told Told;

/* Lives in keep. Errors: E_NO_MEMORY. */
MUST_USE Err told_new(Arena *keep, Told **ret_told);
void told_done(Told *told);

/* True when an alarm about this person is due: none was told for TOLD_MS. *ret_untold: how many came since the last that was. */
bool told_due(Told *told, Id person, int64_t now, uint32_t *ret_untold);

#endif

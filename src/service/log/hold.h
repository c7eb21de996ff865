/* A log whose rows are not what was written is closed.
 * Must not renew its head: that would call the forged rows good.
 * Called by enter, and by lists that find a header which is not what was written. Rule: keys 4. */
#ifndef SERVICE_LOG_HOLD_H
#define SERVICE_LOG_HOLD_H

#include "service/service.h"

/* Closes a log whose rows are not what was written, with its line (rules: keys 4): one that is held already stays so. */
MUST_USE Err log_hold(const Actor *actor, Id log);

#endif

/* A log whose rows are not what was written is closed.
 * Must not renew its head: that would call the forged rows good.
 * Called by enter, and by lists that find a header which is not what was written. Rule: keys 4. */
#ifndef SERVICE_LOG_HOLD_H
#define SERVICE_LOG_HOLD_H

#include "service/service.h"

/* Closes a log whose rows are not what was written, with its line (rules: keys 4): one that is held already stays so. */
MUST_USE Err log_hold(const Actor *actor, Id log);
/* Reads what is made of several logs. One whose header or key is not what was written closes that log, and not the whole: it is
 * held, and the rest is read anew. once: E_FORGED with the log in *ret_forged, when it is known which. *ret_held: how many are held
 * now by this. Errors: once's; E_FORGED when there are too many. */
typedef Err LogsRead(void *self, Id *ret_forged);
MUST_USE Err log_hold_and_read(const Actor *actor, LogsRead *once, void *self, uint32_t *ret_held);

#endif

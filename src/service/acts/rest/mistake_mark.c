/* A log that was registered by mistake: passive at once, and to be deleted without leaving a fact.
 * Must not say so of a log twice.
 * Called by service/acts/procedure. Rule: states 11. */
#include "service/log/deed.h"

Err deed_mistake_mark(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    if (entered->content.log.closed_reason == CLOSING_MISTAKE)
        return fail(E_INVALID);
    if (entered->content.log.state != STATE_ACTIVE) {
        change->log.closed_reason = CLOSING_MISTAKE;
        return ok();
    }
    change->also = ACT_LOG_CLOSE;
    return log_change_close(entered, deed->actor, CLOSING_MISTAKE, change);
}

/* A log that was made by mistake: marked for ever, passive at once, and to be deleted without leaving a fact.
 * Must not write over the reason for which it was closed before: that may be a lock of its own.
 * Called by service/acts/procedure. Rule: states 11. */
#include "service/log/deed.h"

Err deed_mistake_mark(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    if (entered->content.log.state != STATE_ACTIVE)
        return ok();
    change->also = ACT_LOG_CLOSE;
    change->tells = NOTICE_MADE_PASSIVE;
    return log_change_close(entered, deed->actor, CLOSING_MISTAKE, change);
}

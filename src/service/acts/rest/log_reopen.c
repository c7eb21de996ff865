/* A passive log is opened again by the manager of its unit.
 * Must not open one that is a mistake; of whatever waits for a decision the policy tells.
 * Called by service/acts/procedure. Rule: rest 4. */
#include "service/log/copy.h"
#include "service/log/deed.h"

Err deed_log_reopen(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    if (entered->content.log.flags & FLAG_MISTAKE)
        return fail(E_INVALID);
    change->tells = NOTICE_REOPENED;
    TRY(log_change_reopen(entered, deed->actor, change));
    return log_change_copy(entered, 0, deed->scratch, change);
}

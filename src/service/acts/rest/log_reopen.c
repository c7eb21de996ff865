/* A passive log is opened again by the manager of its unit.
 * Must not open one whose deletion somebody has asked for: that is decided first; nor one that is a mistake.
 * Called by service/acts/procedure. Rule: rest 4. */
#include "service/log/deed.h"

Err deed_log_reopen(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    if (entered->content.log.flags & (FLAG_CLAIM_OPEN | FLAG_MISTAKE))
        return fail(E_INVALID);
    return log_change_reopen(entered, deed->actor, change);
}

/* The manager supports the holder's wish to delete the log, or does not: without it no deletion is ordered.
 * Must not order one.
 * Called by service/acts/procedure. Rule: scenarios 13. */
#include "service/acts/claim/claim.h"

Err deed_deletion_support(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    bool supports = values_code(deed->asked, SUPPORT_OPINION) == OPINION_FOR;

    log_change_flags(entered, deed->actor, supports ? FLAG_SUPPORTED : 0, supports ? 0 : FLAG_SUPPORTED, change);
    return ok();
}

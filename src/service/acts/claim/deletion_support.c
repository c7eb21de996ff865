/* The manager supports the holder's wish to delete the log, or does not: without it no deletion is ordered. With it the family is
 * offered a copy from that day on.
 * Must not order one.
 * Called by service/acts/procedure. Rule: scenarios 13. */
#include "base/calendar.h"
#include "service/acts/claim/claim.h"
#include "service/log/copy.h"

Err deed_deletion_support(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    bool supports = values_code(deed->asked, SUPPORT_OPINION) == OPINION_FOR;

    log_change_flags(entered, deed->actor, supports ? FLAG_SUPPORTED | FLAG_COPY_AWAITED : 0, supports ? 0 : FLAG_SUPPORTED, change);
    change->tells = supports ? NOTICE_COPY_OFFERED : NOTICE_NONE;
    return log_change_copy(entered, supports ? oslo_day(deed->actor->now) : 0, deed->scratch, change);
}

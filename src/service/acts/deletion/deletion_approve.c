/* The deletion of a log is approved by somebody else than who ordered or asked for it: T0.
 * Must not delete anything: the purge does.
 * Called by service/acts/procedure. Rule: deletion 2. */
#include "service/acts/deletion/order.h"

Err deed_deletion_approve(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    OrderPut *put = NULL;

    TRY(order_to_change(deed, entered, change, &put));
    if (put->row.approved_at != 0)
        return fail(E_INVALID);
    if (put->row.archive == ARCHIVE_REPORT)
        TRY(order_report(deed, entered, &put->row));
    order_approve(deed, entered, &put->row);
    log_change_flags(entered, deed->actor, 0, (Flags)FLAG_APPROVAL_AWAITED, change);
    change->tells = NOTICE_DELETION_COMES;
    return ok();
}

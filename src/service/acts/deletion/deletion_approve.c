/* The deletion of a log is approved by somebody else than who ordered or asked for it: T0.
 * Must not delete anything: the purge does. Nor ask again what the order rested on: the content has been shut since, and what is taken
 * of an ordered log all the same, a withdrawal, leaves nothing to keep it for. The report that the order names must still be there.
 * Called by service/acts/procedure. Rules: deletion 2, 16. */
#include "service/acts/deletion/order.h"

Err deed_deletion_approve(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    OrderPut *put = NULL;

    TRY(order_to_change(deed, entered, change, &put));
    if (put->row.approved_at != 0)
        return fail(E_INVALID);
    order_approve(deed, entered, &put->row);
    log_change_flags(entered, deed->actor, 0, (Flags)FLAG_APPROVAL_AWAITED, change);
    change->tells = NOTICE_DELETION_COMES;
    return ok();
}

/* The holder asks that the log be deleted: with reasons, and it is passive from then on.
 * Must not delete anything: the manager supports it or does not, the family is offered a copy, an administrator orders.
 * Called by service/acts/procedure. Rule: scenarios 13. */
#include "service/acts/claim/claim.h"

Err deed_deletion_ask(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    unsigned reason = values_code(deed->asked, DELETION_WISH_CLOSING);

    if (reason == CODE_NONE)
        return fail(E_INVALID);
    change->also = ACT_LOG_CLOSE;
    TRY(log_change_close(entered, deed->actor, (enum Closing)reason, change));
    log_change_flags(entered, deed->actor, FLAG_COPY_AWAITED, FLAG_SUPPORTED, change);
    return ok();
}

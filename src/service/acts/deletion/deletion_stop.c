/* An order to delete a log is stopped before the purge begins: the log is passive as it was, and everybody who saw the date is told.
 * Must not lift what the order rested on: it may be ordered again.
 * Called by service/acts/procedure. Rule: deletion 6. */
#include "service/acts/deletion/order.h"

/* What fell due while it was ordered is told when the job looks at it next: the days have not stood still. */
static void wake(const LogEntered *entered, LogChange *change)
{
    change->log.looked_to = entered->content.log.looked_to;
    change->at_once = true;
}

Err deed_deletion_stop(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    OrderPut *put = NULL;
    State state = STATE_NONE;

    TRY(state_from_u8(change->log.state, &state));
    TRY(order_to_change(deed, entered, change, &put));
    if (put->row.purged_at != 0)
        return fail(E_INVALID);
    put->row.stopped_by = deed->actor->person;
    put->row.stopped_at = deed->actor->now;
    change->log.state = (uint8_t)lifecycle_next(state, EVENT_DELETION_STOP);
    wake(entered, change);
    log_change_flags(entered, deed->actor, 0, (Flags)FLAG_APPROVAL_AWAITED | (Flags)FLAG_STOP_ASKED, change);
    change->tells = NOTICE_DELETION_STOPPED;
    return ok();
}

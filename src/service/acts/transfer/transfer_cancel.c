/* Anybody of those who are asked calls a transfer off, before the log is the other unit's.
 * Must not take back what is done.
 * Called by service/acts/procedure. Rule: transfer 2. */
#include "service/acts/transfer/crossing.h"

Err deed_transfer_cancel(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    HandshakeStep step = {0};
    Handshake handshake;

    TRY(handshake_read(deed, entered, &handshake));
    step.row = handshake.row;
    step.row.step = TRANSFER_CALLED_OFF;
    step.row.ended_by = deed->actor->person;
    step.row.ended_at = deed->actor->now;
    TRY(crossing_of(deed, handshake.row.id, &step.crossing));
    step.crossing.step = step.crossing.step == CROSSING_PROPOSED ? CROSSING_OFF : CROSSING_DROPPED;
    change->quiet = true;
    return handshake_goes_on(deed, &step, change);
}

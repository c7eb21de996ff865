/* The manager decides that no report is made of a log that stays one, and the unit that is asked is told.
 * Must not be done before the family has said yes, nor stand when anything was written after it.
 * Called by service/acts/procedure. Rule: transfer 1. */
#include "service/acts/transfer/crossing.h"

Err deed_transfer_decide(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    HandshakeStep step = {0};
    CrossingRow crossing;
    Handshake handshake;

    TRY(handshake_read(deed, entered, &handshake));
    if (!handshake.agreed || handshake.decided)
        return fail(E_INVALID);
    TRY(crossing_of(deed, handshake.row.id, &crossing));
    if (!id_is_none(crossing.id))
        return crossing_decide(deed, entered, &handshake, &crossing, change);
    step.row = handshake.row;
    step.row.step = TRANSFER_DECIDED;
    if (handshake.row.step != TRANSFER_DECIDED)
        TRY(handshake_tell_unit(deed, step.row.to, &step.told));
    change->quiet = true;
    return handshake_goes_on(deed, &step, change);
}

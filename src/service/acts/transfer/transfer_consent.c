/* A guardian, or a young person, says yes to a transfer in the app, after a strong sign-in.
 * Must not say it for another.
 * Called by service/acts/procedure. Rules: transfer 1, 3. */
#include "service/acts/consent/own_part.h"
#include "service/acts/transfer/transfer_yes.h"

Err deed_transfer_consent(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Values values = {.kind = kind_of(KIND_TRANSFER_YES)};
    const NewDocument none = {0};
    Str own = STR_NONE, today = STR_NONE;
    Id giver;

    TRY(own_part(deed, entered, &giver));
    TRY(log_id_text(giver, deed->scratch, &own));
    TRY(log_day_text(oslo_day(deed->actor->now), deed->scratch, &today));
    values_put(&values, TRANSFER_YES_GIVER, own);
    values_put(&values, TRANSFER_YES_GIVEN_ON, today);
    values_put(&values, TRANSFER_YES_METHOD, code_text(CONSENT_METHOD_IN_APP));
    return transfer_yes(deed, entered, &values, &none, change);
}

/* A guardian or a young person withdraws their own consent, in the app: two taps, and nobody asks why.
 * Must not be refused because of what the log is today.
 * Called by service/acts/procedure. Rules: consent 12, 13. */
#include "service/acts/consent/own_part.h"
#include "service/acts/consent/withdrawal.h"

Err deed_consent_withdraw(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Withdrawal withdrawal = {.on = oslo_day(deed->actor->now)};

    TRY(own_part(deed, entered, &withdrawal.giver));
    return withdrawal_make(deed, entered, &withdrawal, change);
}

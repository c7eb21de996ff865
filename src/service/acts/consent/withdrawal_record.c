/* The holder or the manager records that somebody has withdrawn their consent, on paper or by word.
 * Must not be refused because of what the log is today.
 * Called by service/acts/procedure. Rules: consent 12, 13. */
#include "service/acts/consent/withdrawal.h"

Err deed_withdrawal_record(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Withdrawal withdrawal = {.how = values_at(deed->asked, WITHDRAWAL_METHOD)};

    if (!is_ok(id_from_text(values_at(deed->asked, WITHDRAWAL_GIVER), &withdrawal.giver)) ||
        !values_day(deed->asked, WITHDRAWAL_ON, &withdrawal.on) || withdrawal.on > oslo_day(deed->actor->now))
        return fail(E_INVALID);
    return withdrawal_make(deed, entered, &withdrawal, change);
}

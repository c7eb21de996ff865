/* A guardian, or the person whom the log is about, asks that it be deleted: nothing is deleted, and nobody loses access by that. The
 * same form may withdraw their consent: then the log is passive by the same act.
 * Must not look at who asks: the policy refuses a child who is too young to consent.
 * Called by service/acts/procedure. Rule: scenarios 2, 3. */
#include "base/calendar.h"
#include "service/acts/claim/claim.h"
#include "service/acts/consent/own_part.h"
#include "service/acts/consent/withdrawal.h"

/* What withdrawing asks by itself it asks here too. */
static Err withdraw(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Withdrawal withdrawal = {.on = oslo_day(deed->actor->now), .whole = true};
    Ask ask = entered->ask;

    ask.act = ACT_CONSENT_WITHDRAW;
    if (policy_decide(ask) != WHY_ALLOWED)
        return fail(E_INVALID);
    TRY(own_part(deed, entered, &withdrawal.giver));
    change->besides = ACT_CONSENT_WITHDRAW;
    return withdrawal_make(deed, entered, &withdrawal, change);
}

Err deed_claim_file(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    bool withdraws = str_equal(values_at(deed->asked, CLAIM_WITHDRAWN), VALUE_YES);
    Err withdrawn = withdraws ? withdraw(deed, entered, change) : ok();

    if (withdrawn.id == E_INVALID) {
        change->wrong = CLAIM_WITHDRAWN;
        change->fault = FAULT_NO_CONSENT;
    }
    TRY(withdrawn);
    return claim_header(deed, entered, oslo_day(deed->actor->now), CODE_NONE, change);
}

/* Days of a consent: not to come, not too old, not over, not too long.
 * Must not read a clock.
 * Called by the forms that ask for a consent. */
#include "web/form/consent_form.h"

#include "text/text.h"
#include "web/call/answer.h"

static Err fault_with_months(Inputs *inputs, const char *name, enum msg text, unsigned months)
{
    const MsgArgument argument = {.name = STR("months"), .type = ARGUMENT_NUMBER, .number = months};
    Buf words = buf_new(inputs->call->arena, 512);
    Str message = STR_NONE;

    msg_write(&words, inputs->call->language, text, &argument, 1);
    TRY(buf_done(&words, &message));
    inputs_fault(inputs, name, message);
    return ok();
}

Err consent_days_check(Inputs *inputs, Day given_on, Day until, unsigned months, bool *good)
{
    Day today = oslo_day(inputs->call->actor.now);
    bool to_come = given_on > today;
    bool old = given_on != 0 && consent_longest(given_on, months) < today;
    bool over = until != 0 && until < today;
    bool is_long = until > consent_longest(today, months);

    if (to_come)
        inputs_fault(inputs, "given_on", call_text(inputs->call, MSG_WIZARD_FUTURE));
    if (old)
        TRY(fault_with_months(inputs, "given_on", MSG_WIZARD_CONSENT_OLD, months));
    if (over)
        inputs_fault(inputs, "valid_to", call_text(inputs->call, MSG_WIZARD_VALID_PAST));
    if (is_long)
        TRY(fault_with_months(inputs, "valid_to", MSG_WIZARD_VALID_LONG, months));
    *good = *good && !to_come && !old && !over && !is_long;
    return ok();
}

Day consent_last_day(Day given_on, Day until, unsigned months)
{
    Day longest = consent_longest(given_on, months);

    return until < longest ? until : longest;
}

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
    unsigned faults = consent_days(given_on, until, oslo_day(inputs->call->actor.now), months);

    if (faults & CONSENT_DAYS_OLD)
        TRY(fault_with_months(inputs, "given_on", MSG_WIZARD_CONSENT_OLD, months));
    if (faults & CONSENT_DAYS_LONG)
        TRY(fault_with_months(inputs, "valid_to", MSG_WIZARD_VALID_LONG, months));
    *good = *good && faults == 0;
    return ok();
}

/* State table and date rules of a log.
 * Must not store what follows from dates.
 * Called by service and jobs. */
#include "domain/lifecycle.h"

#include "domain/clocks.h"

static const uint8_t next[STATE_COUNT][EVENT_COUNT] = {
    [STATE_ACTIVE] = {[EVENT_CLOSE] = STATE_PASSIVE},
    [STATE_PASSIVE] = {[EVENT_REOPEN] = STATE_ACTIVE, [EVENT_DELETION_ORDER] = STATE_DELETION_ORDERED},
    [STATE_DELETION_ORDERED] = {[EVENT_DELETION_STOP] = STATE_PASSIVE, [EVENT_PURGE] = STATE_DELETED},
};

const char *event_code(Event event)
{
    static const char *const codes[EVENT_COUNT] = {
        [EVENT_NONE] = "none",
#define X(name, number, code) [EVENT_##name] = code,
        EVENTS(X)
#undef X
    };
    return codes[(unsigned)event < EVENT_COUNT ? event : EVENT_NONE];
}

State lifecycle_next(State state, Event event)
{
    if ((unsigned)state >= STATE_COUNT || (unsigned)event >= EVENT_COUNT)
        return STATE_NONE;
    return (State)next[state][event];
}

Flags closing_flags(unsigned closed_reason)
{
    return closed_reason == CLOSING_RESPONSIBILITY_CHANGED ? FLAG_CONSENT_INVALID : 0;
}

bool closing_loses_consent(unsigned closed_reason)
{
    return closed_reason == CLOSING_CONSENT_WITHDRAWN || closed_reason == CLOSING_CONSENT_EXPIRED ||
           closed_reason == CLOSING_RESPONSIBILITY_CHANGED || closed_reason == CLOSING_CONSENT_AGE;
}

Quiet quiet_after(int64_t active_at)
{
    return (Quiet){.since = active_at, .active_at = active_at};
}

void quiet_lives(Quiet *quiet, KindId kind, int64_t at)
{
    if (kind == KIND_CONFIRMATION && at > quiet->active_at) {
        quiet->since = at;
        quiet->confirmed++;
    } else if (kind == KIND_RESTRICTION) {
        quiet->rests_from = at;
    } else if (kind == KIND_RESTRICTION_END && quiet->since < at) {
        quiet->since += at - (quiet->rests_from > quiet->since ? quiet->rests_from : quiet->since);
    }
}

State lifecycle_today(State stored, Flags flags)
{
    bool over = (flags & FLAG_CONSENT_INVALID) && !(flags & FLAG_IN_GRACE);
    bool adult = (flags & FLAG_OF_AGE) && !(flags & FLAG_OWN_CONSENT);

    return stored == STATE_ACTIVE && (over || adult) ? STATE_PASSIVE : stored;
}

Flags child_flags(const Values *child)
{
    unsigned protection = values_code(child, CHILD_PROTECTION);

    return protection == PROTECTION_CONFIDENTIAL || protection == PROTECTION_STRICT ? FLAG_ADDRESS_PROTECTED : 0;
}

Flags age_flags(Day birth, Day today)
{
    return today >= clock_day(CLOCK_OF_AGE, birth, NULL) ? FLAG_OF_AGE : 0;
}

Flags consent_age_flags(Day birth, Day today, int years)
{
    return today >= day_of_age(birth, years) ? FLAG_CONSENT_AGE : 0;
}

Flags consent_near_flags(Day birth, Day today, const Settings *settings)
{
    return today >= clock_day(CLOCK_CONSENT_AGE_NOTICE_90, birth, settings) ? FLAG_CONSENT_NEAR : 0;
}

int age_at(Day birth, Day today)
{
    int years = 0;

    while (day_of_age(birth, years + 1) <= today)
        years++;
    return years;
}

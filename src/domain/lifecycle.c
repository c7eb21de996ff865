/* State table and date rules of a log.
 * Must not store what follows from dates.
 * Called by service and jobs. */
#include "domain/lifecycle.h"

#define FULL_AGE 18

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

Flags consent_flags(const Consent *consents, uint32_t count, uint32_t required, Day today, unsigned grace_days)
{
    if (count < required || count == 0)
        return FLAG_CONSENT_INVALID;
    bool expired = false;
    bool over = false;
    for (uint32_t i = 0; i < count; i++) {
        if (consents[i].withdrawn || consents[i].given_on > today)
            return FLAG_CONSENT_INVALID;
        expired = expired || today > consents[i].valid_to;
        over = over || today > consents[i].valid_to + (Day)(grace_days > 30 ? 30 : grace_days);
    }
    if (!expired)
        return 0;
    return over ? FLAG_CONSENT_INVALID : (Flags)FLAG_CONSENT_INVALID | FLAG_IN_GRACE;
}

Day consent_longest(Day given_on, unsigned months)
{
    return day_add_months(given_on, (int)months);
}

Flags age_flags(Day birth, Day today)
{
    return today >= day_of_age(birth, FULL_AGE) ? FLAG_OF_AGE : 0;
}

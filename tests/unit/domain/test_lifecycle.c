#include "support/test.h"

#include "domain/lifecycle.h"

TEST(there_are_five_ways_between_states_and_no_other)
{
    unsigned ways = 0;
    for (State state = 0; state <= STATE_COUNT; state++)
        for (Event event = 0; event <= EVENT_COUNT; event++)
            ways += lifecycle_next(state, event) != STATE_NONE;
    EXPECT(ways == 5);
    EXPECT(lifecycle_next(STATE_ACTIVE, EVENT_CLOSE) == STATE_PASSIVE);
    EXPECT(lifecycle_next(STATE_PASSIVE, EVENT_REOPEN) == STATE_ACTIVE);
    EXPECT(lifecycle_next(STATE_PASSIVE, EVENT_DELETION_ORDER) == STATE_DELETION_ORDERED);
    EXPECT(lifecycle_next(STATE_DELETION_ORDERED, EVENT_DELETION_STOP) == STATE_PASSIVE);
    EXPECT(lifecycle_next(STATE_DELETION_ORDERED, EVENT_PURGE) == STATE_DELETED);
}

TEST(consent_holds_only_when_every_required_person_has_given_it_and_nobody_has_withdrawn)
{
    Consent both[] = {{.given_on = 10, .valid_to = 100}, {.given_on = 10, .valid_to = 90}};
    Flags grace = (Flags)FLAG_CONSENT_INVALID | FLAG_IN_GRACE;
    EXPECT(consent_flags(NULL, 0, 0, 50, 30) == FLAG_CONSENT_INVALID);
    EXPECT(consent_flags(both, 1, 2, 50, 30) == FLAG_CONSENT_INVALID);
    EXPECT(consent_flags(both, 2, 2, 9, 30) == FLAG_CONSENT_INVALID);
    EXPECT(consent_flags(both, 2, 2, 91, 0) == FLAG_CONSENT_INVALID);
    EXPECT(consent_flags(both, 2, 2, 121, 99) == FLAG_CONSENT_INVALID);
    EXPECT(consent_flags(both, 2, 2, 120, 30) == grace);
    EXPECT(consent_flags(both, 2, 2, 90, 0) == 0);
    both[0].withdrawn = true;
    EXPECT(consent_flags(both, 2, 2, 50, 30) == FLAG_CONSENT_INVALID);
}

TEST(a_leap_child_is_of_age_on_the_first_of_march)
{
    Day birth = day_from_date((Date){2008, 2, 29});
    EXPECT(age_flags(birth, day_from_date((Date){2026, 2, 28})) == 0);
    EXPECT(age_flags(birth, day_from_date((Date){2026, 3, 1})) == FLAG_OF_AGE);
}

RUN_TESTS("lifecycle")

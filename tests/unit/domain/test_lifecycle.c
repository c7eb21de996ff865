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

TEST(a_leap_child_is_of_age_on_the_first_of_march)
{
    Day birth = day_from_date((Date){2008, 2, 29});
    EXPECT(age_flags(birth, day_from_date((Date){2026, 2, 28})) == 0);
    EXPECT(age_flags(birth, day_from_date((Date){2026, 3, 1})) == FLAG_OF_AGE);
}

TEST(age_grows_on_the_birthday)
{
    Day birth = day_from_date((Date){2010, 6, 15});
    EXPECT(age_at(birth, birth) == 0);
    EXPECT(age_at(birth, day_from_date((Date){2026, 6, 14})) == 15);
    EXPECT(age_at(birth, day_from_date((Date){2026, 6, 15})) == 16);
}

TEST(only_a_changed_responsibility_says_something_about_the_consent_of_a_closed_log)
{
    for (unsigned reason = CLOSING_NONE; reason <= CLOSING_RESPONSIBILITY_CHANGED + 1; reason++)
        EXPECT((closing_flags(reason) == FLAG_CONSENT_INVALID) == (reason == CLOSING_RESPONSIBILITY_CHANGED));
}

RUN_TESTS("lifecycle")

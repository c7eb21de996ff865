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

TEST(each_flag_is_one_bit_of_a_set_that_has_room_for_as_many_again)
{
    const uint64_t each[] = {
#define X(name, bit, code, missing, present) (uint64_t)FLAG_##name,
        FLAGS(X)
#undef X
    };
    uint64_t all = 0;

    for (unsigned i = 0; i < COUNT_OF(each); i++) {
        EXPECT(__builtin_popcountll(each[i]) == 1 && !(all & each[i]));
        all |= each[i];
    }
    EXPECT(sizeof(Flags) == sizeof(uint64_t));
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

TEST(a_log_is_quiet_since_its_last_activity_or_the_confirmation_after_it_and_two_stand_in_a_row)
{
    Quiet quiet = quiet_after(100);

    quiet_lives(&quiet, KIND_CONFIRMATION, 90);
    quiet_lives(&quiet, KIND_NOTE, 95);
    EXPECT(quiet.since == 100 && quiet.confirmed == 0); /* what came before counts no more */
    quiet_lives(&quiet, KIND_CONFIRMATION, 190);
    EXPECT(quiet.since == 190 && quiet.confirmed == 1);
    quiet_lives(&quiet, KIND_LEGAL_HOLD, 200);
    quiet_lives(&quiet, KIND_CONFIRMATION, 280);
    EXPECT(quiet.since == 280 && quiet.confirmed == CONFIRMED_MOST);
}

TEST(the_time_in_which_a_log_rests_is_not_time_in_which_it_is_quiet)
{
    Quiet quiet = quiet_after(100), during = quiet_after(150), after = quiet_after(300);

    quiet_lives(&quiet, KIND_RESTRICTION, 120);
    EXPECT(quiet.since == 100);
    quiet_lives(&quiet, KIND_RESTRICTION_END, 200);
    EXPECT(quiet.since == 180);
    quiet_lives(&during, KIND_RESTRICTION, 120);
    quiet_lives(&during, KIND_RESTRICTION_END, 200);
    EXPECT(during.since == 200);
    quiet_lives(&after, KIND_RESTRICTION, 120);
    quiet_lives(&after, KIND_RESTRICTION_END, 200);
    EXPECT(after.since == 300);
}

TEST(content_a_consent_and_the_baton_are_activity_and_nothing_else_is)
{
    static const Act quiet[] = {ACT_LOG_READ, ACT_ENTRY_REMOVE, ACT_FAMILY_NOTE_REMOVE, ACT_PARTICIPANT_ADD, ACT_ACTIVITY_CONFIRM,
                                ACT_LOG_CLOSE, ACT_RESTRICT, ACT_LEGAL_HOLD_SET, ACT_CLAIM_FILE, ACT_CODES_REMOVE};

    EXPECT(act_is_activity(ACT_NOTE_WRITE) && act_is_activity(ACT_MINUTES_WRITE) && act_is_activity(ACT_CONSENT_GIVE));
    EXPECT(act_is_activity(ACT_BATON_ACCEPT) && act_is_activity(ACT_LOG_CREATE));
    for (size_t i = 0; i < COUNT_OF(quiet); i++)
        EXPECT(!act_is_activity(quiet[i]));
}

TEST(a_child_decides_from_the_birthday_on_which_it_is_old_enough)
{
    Day birth = day_from_date((Date){2010, 6, 15}), leap = day_from_date((Date){2012, 2, 29});
    EXPECT(consent_age_flags(birth, day_from_date((Date){2025, 6, 14}), 15) == 0);
    EXPECT(consent_age_flags(birth, day_from_date((Date){2025, 6, 15}), 15) == FLAG_CONSENT_AGE);
    EXPECT(consent_age_flags(birth, day_from_date((Date){2025, 6, 15}), 16) == 0);
    EXPECT(consent_age_flags(leap, day_from_date((Date){2027, 2, 28}), 15) == 0);
    EXPECT(consent_age_flags(leap, day_from_date((Date){2027, 3, 1}), 15) == FLAG_CONSENT_AGE);
}

RUN_TESTS("lifecycle")

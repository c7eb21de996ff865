/* Which consents count, over everything that can happen to two of them.
 * Must not read a clock.
 * Called by meson test. */
#include "consents.h"

/* ---- which count ---- */

TEST(a_log_without_any_consent_is_one_whose_consent_is_missing)
{
    const Consents none = {0};
    EXPECT(consents_flags(&none, noon(2026, 3, 1), 30) == FLAG_CONSENT_INVALID);
    EXPECT(consents_required(&none, noon(2026, 3, 1)) == 1);
    EXPECT(!consents_rest_on(&none, mother));
    EXPECT(!consents_name(&none, school, noon(2026, 3, 1)));
    EXPECT(consents_units(&none, noon(2026, 3, 1), NULL) == 0);
    EXPECT(consents_first_end(&none, noon(2026, 3, 1)) == INT64_MAX);
}

TEST(a_consent_counts_when_it_is_the_newest_of_its_giver_and_given_not_over_not_withdrawn)
{
    SCENE(s);
    EXPECT(consents_worth(&s.all, 0, s.now) == CONSENT_COUNTS);
    EXPECT(consents_worth(&s.all, 1, s.now) == CONSENT_COUNTS);
    EXPECT(flags_of(&s, 0) == 0);
}

TEST(a_consent_holds_from_the_day_it_is_given_on_until_midnight_after_its_last)
{
    SCENE(s);
    s.now = noon(2025, 12, 31);
    EXPECT(consents_worth(&s.all, 0, s.now) == CONSENT_TO_COME);
    EXPECT(flags_of(&s, 30) == FLAG_CONSENT_INVALID);
    s.now = oslo_time(day_from_date((Date){2026, 1, 1}), 0); /* the day, not the minute, decides */
    EXPECT(consents_worth(&s.all, 0, s.now) == CONSENT_COUNTS);
    s.now = s.given[0].ends_at - 1;
    EXPECT(consents_worth(&s.all, 0, s.now) == CONSENT_COUNTS);
    s.now = s.given[0].ends_at;
    EXPECT(consents_worth(&s.all, 0, s.now) == CONSENT_OVER);
}

TEST(an_older_consent_of_the_same_person_is_replaced_whatever_became_of_it)
{
    SCENE(s);
    s.given[1].withdrawn = true;
    EXPECT(flags_of(&s, 0) == FLAG_CONSENT_INVALID);
    give_anew(&s, father, noon(2026, 2, 1));
    EXPECT(consents_worth(&s.all, 1, s.now) == CONSENT_REPLACED);
    EXPECT(consents_worth(&s.all, 2, s.now) == CONSENT_COUNTS);
    EXPECT(flags_of(&s, 0) == 0);
}

TEST(of_two_consents_given_at_the_same_moment_the_later_row_is_the_newer)
{
    SCENE(s);
    give_anew(&s, father, s.given[1].given_at);
    EXPECT(consents_worth(&s.all, 1, s.now) == CONSENT_REPLACED);
    EXPECT(consents_worth(&s.all, 2, s.now) == CONSENT_COUNTS);
}

TEST(a_row_written_later_with_an_earlier_date_replaces_nothing)
{
    SCENE(s);
    give_anew(&s, father, noon(2025, 12, 1));
    EXPECT(consents_worth(&s.all, 1, s.now) == CONSENT_COUNTS);
    EXPECT(consents_worth(&s.all, 2, s.now) == CONSENT_REPLACED);
}

TEST(the_consent_of_whoever_has_left_is_missing_from_the_moment_they_leave)
{
    SCENE(s);
    leave(&s, father, s.now + 1);
    EXPECT(consents_worth(&s.all, 1, s.now) == CONSENT_COUNTS);
    s.now++;
    EXPECT(consents_worth(&s.all, 1, s.now) == CONSENT_LEFT);
    EXPECT(flags_of(&s, 0) == FLAG_CONSENT_INVALID);
    s.given[1].withdrawn = true; /* that they withdrew it before says less */
    EXPECT(consents_worth(&s.all, 1, s.now) == CONSENT_LEFT);
}

TEST(somebody_who_leaves_and_gave_no_consent_changes_nothing)
{
    SCENE(s);
    leave(&s, stranger, s.now - 1);
    EXPECT(flags_of(&s, 0) == 0);
    EXPECT(consents_name(&s.all, school, s.now));
}

TEST(what_may_be_withdrawn_is_the_newest_of_whoever_takes_part_and_only_once)
{
    SCENE(s);
    EXPECT(consents_stands(&s.all, 0, s.now) && consents_stands(&s.all, 1, s.now));
    EXPECT(consents_stands(&s.all, 0, noon(2026, 7, 1)) && consents_stands(&s.all, 0, noon(2025, 12, 31)));
    s.given[0].withdrawn = true;
    leave(&s, father, s.now - 1);
    EXPECT(!consents_stands(&s.all, 0, s.now) && !consents_stands(&s.all, 1, s.now));
    give_anew(&s, mother, noon(2026, 2, 1));
    EXPECT(!consents_stands(&s.all, 0, s.now) && consents_stands(&s.all, 2, s.now));
}

TEST(a_consent_that_is_given_again_on_the_same_day_is_the_newer_one_wherever_it_stands)
{
    SCENE(s);
    int64_t again = consents_given_at(&s.all, mother, noon(2026, 1, 1));
    EXPECT(again == noon(2026, 1, 1) + 1);
    give_anew(&s, mother, again);
    const ConsentGiven first = s.given[0];
    s.given[0] = s.given[2];
    s.given[2] = first;
    EXPECT(consents_worth(&s.all, 0, s.now) == CONSENT_COUNTS && consents_worth(&s.all, 2, s.now) == CONSENT_REPLACED);
    EXPECT(consents_given_at(&s.all, mother, noon(2026, 1, 1)) == again + 1);
}

TEST(a_consent_of_a_day_before_a_newer_one_is_not_the_last_word)
{
    SCENE(s);
    EXPECT(consents_given_at(&s.all, mother, noon(2025, 12, 31)) == 0);
    EXPECT(consents_given_at(&s.all, mother, noon(2026, 1, 2)) == noon(2026, 1, 2));
    EXPECT(consents_given_at(&s.all, stranger, noon(2025, 12, 31)) == noon(2025, 12, 31));
}

TEST(a_consent_of_a_day_before_a_withdrawal_of_the_same_person_is_not_the_last_word)
{
    SCENE(s);
    s.given[0].withdrawn = true;
    s.given[0].withdrawn_at = noon(2026, 2, 10);
    EXPECT(consents_given_at(&s.all, mother, noon(2026, 2, 9)) == 0);
    EXPECT(consents_given_at(&s.all, mother, noon(2026, 2, 10)) == noon(2026, 2, 10));
    EXPECT(consents_given_at(&s.all, father, noon(2026, 2, 9)) == noon(2026, 2, 9));
}

TEST(the_day_of_a_withdrawal_is_the_one_on_which_it_was_said_and_one_service_is_enough)
{
    SCENE(s);
    ConsentTaken taken[] = {{mother, oslo_day(noon(2026, 2, 5)), noon(2026, 2, 10)}, {father, oslo_day(noon(2026, 2, 20)), noon(2026, 2, 21)}};
    s.all.taken = taken;
    s.all.taken_count = 2;
    s.given[0].withdrawn = true;
    s.given[0].withdrawn_at = noon(2026, 2, 10);
    EXPECT(consents_given_at(&s.all, mother, noon(2026, 2, 4)) == 0);
    EXPECT(consents_given_at(&s.all, mother, noon(2026, 2, 5)) == noon(2026, 2, 5));
    EXPECT(consents_given_at(&s.all, father, noon(2026, 2, 19)) == 0);
    EXPECT(consents_given_at(&s.all, father, noon(2026, 2, 20)) == noon(2026, 2, 20));
}

TEST(whoever_has_left_must_consent_until_it_is_settled_that_they_need_not)
{
    SCENE(s);
    leave(&s, father, s.now - 10);
    EXPECT(flags_of(&s, 0) == FLAG_CONSENT_INVALID && !consents_settled(&s.all, s.now) && !consents_name(&s.all, school, s.now));
    s.given[1].withdrawn = true;
    s.given[1].withdrawn_at = s.now - 11;
    EXPECT(consents_worth(&s.all, 1, s.now) == CONSENT_LEFT && flags_of(&s, 0) == FLAG_CONSENT_INVALID);
    s.given[1].withdrawn_at = s.now - 10;
    EXPECT(consents_worth(&s.all, 1, s.now) == CONSENT_SET_ASIDE && consents_settled(&s.all, s.now));
    EXPECT(flags_of(&s, 0) == 0 && consents_required(&s.all, s.now) == 1 && consents_name(&s.all, school, s.now));
    s.given[0].withdrawn = true;
    EXPECT(flags_of(&s, 0) == FLAG_CONSENT_INVALID);
}

TEST(one_withdrawn_consent_is_enough_and_has_no_grace)
{
    for (unsigned who = 0; who < 2; who++) {
        SCENE(s);
        s.given[who].withdrawn = true;
        EXPECT(consents_worth(&s.all, who, s.now) == CONSENT_WITHDRAWN);
        EXPECT(flags_of(&s, 30) == FLAG_CONSENT_INVALID);
    }
}

/* ---- grace ---- */

TEST(the_grace_runs_for_its_days_after_the_last_and_never_longer_than_thirty)
{
    static const struct {
        unsigned grace_days;
        Date today;
        Flags flags;
    } rows[] = {
        {0, {2026, 6, 30}, 0},      {0, {2026, 7, 1}, FLAG_CONSENT_INVALID}, {1, {2026, 7, 1}, GRACE},
        {1, {2026, 7, 2}, FLAG_CONSENT_INVALID}, {30, {2026, 7, 30}, GRACE}, {30, {2026, 7, 31}, FLAG_CONSENT_INVALID},
        {99, {2026, 7, 30}, GRACE}, {99, {2026, 7, 31}, FLAG_CONSENT_INVALID},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        SCENE(s);
        s.now = noon(rows[i].today.year, rows[i].today.month, rows[i].today.day);
        EXPECT(flags_of(&s, rows[i].grace_days) == rows[i].flags);
    }
}

TEST(there_is_no_grace_where_another_consent_is_missing)
{
    SCENE(s);
    s.now = noon(2026, 7, 2);
    s.all.required = 3;
    EXPECT(flags_of(&s, 30) == FLAG_CONSENT_INVALID);
    s.all.required = 2;
    EXPECT(flags_of(&s, 30) == GRACE);
}

/* A withdrawal and the 18th birthday have none; a changed responsibility has. */
TEST(the_grace_runs_from_the_day_on_which_a_guardian_leaves_and_never_after_a_withdrawal)
{
    static const struct {
        unsigned grace_days;
        Date today;
        Flags flags;
    } rows[] = {
        {0, {2026, 3, 1}, FLAG_CONSENT_INVALID}, {1, {2026, 3, 1}, GRACE}, {1, {2026, 3, 2}, FLAG_CONSENT_INVALID},
        {30, {2026, 3, 30}, GRACE}, {30, {2026, 3, 31}, FLAG_CONSENT_INVALID}, {99, {2026, 3, 31}, FLAG_CONSENT_INVALID},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        SCENE(s);
        leave(&s, mother, noon(2026, 3, 1) - 1);
        s.now = noon(rows[i].today.year, rows[i].today.month, rows[i].today.day);
        EXPECT(flags_of(&s, rows[i].grace_days) == rows[i].flags);
        s.given[0].withdrawn = true;
        EXPECT(flags_of(&s, rows[i].grace_days) == FLAG_CONSENT_INVALID);
    }
}

TEST(the_grace_of_a_consent_that_was_over_before_its_giver_left_is_not_prolonged_by_that)
{
    SCENE(s);
    leave(&s, mother, noon(2026, 7, 20));
    s.now = noon(2026, 7, 30);
    EXPECT(flags_of(&s, 30) == GRACE);
    s.now = noon(2026, 7, 31);
    EXPECT(flags_of(&s, 30) == FLAG_CONSENT_INVALID);
}

/* ---- who must ---- */

TEST(whoever_has_given_one_must_consent_and_more_when_somebody_has_said_so)
{
    SCENE(s);
    EXPECT(consents_required(&s.all, s.now) == 2);
    s.all.required = 1; /* fewer than have given one is no number */
    EXPECT(consents_required(&s.all, s.now) == 2);
    s.all.required = 3;
    EXPECT(consents_required(&s.all, s.now) == 3);
    EXPECT(flags_of(&s, 0) == FLAG_CONSENT_INVALID);
}

TEST(a_second_consent_of_one_person_is_not_that_of_a_second_person)
{
    SCENE(s);
    give_anew(&s, father, noon(2026, 2, 1));
    EXPECT(consents_required(&s.all, s.now) == 2);
}

TEST(a_log_rests_on_everybody_who_has_given_a_consent_and_on_nobody_else)
{
    SCENE(s);
    EXPECT(consents_rest_on(&s.all, mother) && consents_rest_on(&s.all, father));
    EXPECT(!consents_rest_on(&s.all, stranger));
    s.given[0].withdrawn = true;
    EXPECT(consents_rest_on(&s.all, mother));
}

/* ---- units ---- */

TEST(a_unit_is_consented_when_everybody_who_must_has_named_it)
{
    SCENE(s);
    EXPECT(consents_name(&s.all, school, s.now) && consents_name(&s.all, health, s.now));
    EXPECT(!consents_name(&s.all, library, s.now));
    EXPECT(!consents_name(&s.all, (Id){0}, s.now));
    s.units[3].unit = library; /* the father has not named the school */
    EXPECT(!consents_name(&s.all, school, s.now));
}

TEST(a_newer_consent_names_its_own_units_only)
{
    SCENE(s);
    give_anew(&s, father, noon(2026, 2, 1));
    EXPECT(!consents_name(&s.all, school, s.now));
    s.units[5] = (ConsentUnit){newer, school};
    s.all.unit_count = 6;
    EXPECT(consents_name(&s.all, school, s.now));
}

TEST(a_consent_follows_a_closed_unit_to_one_that_nobody_has_named_or_that_it_names_itself)
{
    SCENE(s);
    EXPECT(consents_follow(&s.all, hers, library) && consents_follow(&s.all, hers, school));
    s.units[3].unit = library; /* the father has named the library, and not the school */
    EXPECT(!consents_follow(&s.all, hers, library) && consents_follow(&s.all, his, library) && !consents_follow(&s.all, his, school));
}

TEST(a_consent_follows_nowhere_where_a_service_was_taken_back_since_nobody_reads_which)
{
    SCENE(s);
    ConsentTaken taken = {.at = noon(2026, 2, 1)};
    s.all.taken = &taken;
    s.all.taken_count = 1;
    EXPECT(!consents_follow(&s.all, hers, library) && consents_follow(&s.all, hers, school));
    s.given[1].withdrawn = true; /* it was the father's whole consent */
    s.given[1].withdrawn_at = taken.at;
    EXPECT(consents_follow(&s.all, hers, library));
}

TEST(a_consent_that_is_withdrawn_or_missing_leaves_no_unit)
{
    SCENE(s);
    Id room[6];
    s.given[0].withdrawn = true;
    EXPECT(consents_units(&s.all, s.now, room) == 0);
    s.given[0].withdrawn = false;
    leave(&s, mother, s.now);
    EXPECT(consents_units(&s.all, s.now, room) == 0);
}

TEST(units_stand_once_each_in_the_order_of_the_list)
{
    SCENE(s);
    Id room[6];
    EXPECT(consents_units(&s.all, s.now, room) == 2);
    EXPECT(id_equal(room[0], school) && id_equal(room[1], health));
}

TEST(a_consent_that_is_over_keeps_its_units_so_that_a_renewal_finds_them)
{
    SCENE(s);
    s.now = noon(2026, 8, 1);
    EXPECT(consents_name(&s.all, school, s.now));
}

/* ---- the first end ---- */

TEST(the_first_end_is_that_of_the_newest_consents_which_stand)
{
    SCENE(s);
    int64_t earlier = s.given[1].ends_at - 1000;
    EXPECT(consents_first_end(&s.all, s.now) == s.given[0].ends_at);
    s.given[1].ends_at = earlier;
    EXPECT(consents_first_end(&s.all, s.now) == earlier);
    give_anew(&s, father, noon(2026, 2, 1));
    EXPECT(consents_first_end(&s.all, s.now) == s.given[0].ends_at);
    s.given[2].ends_at = earlier;
    leave(&s, father, s.now);
    EXPECT(consents_first_end(&s.all, s.now) == s.given[0].ends_at);
    s.given[0].withdrawn = true;
    EXPECT(consents_first_end(&s.all, s.now) == INT64_MAX);
}

TEST(a_consent_of_a_day_to_come_and_one_that_is_over_end_too)
{
    SCENE(s);
    s.given[0].given_at = noon(2026, 4, 1);
    EXPECT(consents_first_end(&s.all, s.now) == s.given[0].ends_at);
    s.now = noon(2026, 8, 1);
    EXPECT(consents_first_end(&s.all, s.now) == s.given[0].ends_at);
}

/* ---- all of it at once ---- */

typedef struct Fate {
    bool left, withdrawn, to_come, over, renewed;
} Fate;

static Fate fate_of(unsigned bits)
{
    return (Fate){.left = bits & 1, .withdrawn = bits & 2, .to_come = bits & 4, .over = bits & 8, .renewed = bits & 16};
}

/* The rule written once more as one expression, over everything that can have become of the father's consent. */
TEST(the_log_holds_exactly_when_the_fathers_newest_consent_counts_whatever_became_of_it)
{
    for (unsigned bits = 0; bits < 32; bits++) {
        SCENE(s);
        Fate fate = fate_of(bits);
        s.given[1].withdrawn = fate.withdrawn;
        s.given[1].given_at = fate.to_come ? noon(2026, 3, 2) : s.given[1].given_at;
        s.given[1].ends_at = fate.over ? period_end_of(day_from_date((Date){2026, 2, 28})) : s.given[1].ends_at;
        if (fate.left)
            leave(&s, father, s.now);
        if (fate.renewed)
            give_anew(&s, father, noon(2026, 2, 1));
        bool replaced = fate.renewed && !fate.to_come; /* one of a day to come is the newer */
        bool good = !fate.left && (replaced || (!fate.withdrawn && !fate.to_come && !fate.over));
        bool newest_withdrawn = fate.withdrawn && !replaced;
        bool newest_over = fate.over && !replaced;
        bool grace = !newest_withdrawn && !fate.to_come && (fate.left || newest_over);
        EXPECT(flags_of(&s, 30) == (good ? 0u : grace ? GRACE : FLAG_CONSENT_INVALID));
        EXPECT(consents_name(&s.all, school, s.now) == (!replaced && !fate.left && !fate.withdrawn));
    }
}

RUN_TESTS("consent")

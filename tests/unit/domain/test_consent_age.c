/* Whose yes is needed, by the age of the child.
 * Must not read a clock.
 * Called by meson test. */
#include "consents.h"

static const Id son = {{4}}, sons = {{24}};
#define BIRTH day_from_date((Date){2010, 3, 1})   /* 16 on 1 March 2026 */

/* The son's own yes, of a day before or after his birthday. */
static void son_says_yes(Scene *s, int64_t at)
{
    s->given[2] = given_by(son, sons);
    s->given[2].given_at = at;
    s->given[2].child = true;
    s->units[4] = (ConsentUnit){sons, school};
    s->all.count = 3;
    s->all.unit_count = 5;
}

static void at_age(Scene *s, int64_t now, bool alone, int highest)
{
    Settings settings = settings_default();

    s->now = now;
    settings.values[SETTING_CHILD_DECIDES] = alone;
    settings.values[SETTING_HIGHEST_AGE] = highest;
    consents_at_age(&s->all, BIRTH, day_from_date((Date){2025, 1, 1}), &settings, oslo_day(now));
}

TEST(until_the_birthday_the_guardians_decide_and_what_the_child_says_changes_nothing)
{
    SCENE(s);
    son_says_yes(&s, noon(2026, 2, 1));
    at_age(&s, noon(2026, 2, 28), false, 18);
    EXPECT(s.all.of == CONSENT_OF_GUARDIANS && consents_worth(&s.all, 2, s.now) == CONSENT_TO_COME);
    EXPECT(flags_of(&s, 0) == 0 && consents_required(&s.all, s.now) == 2);
    s.given[2].withdrawn = true;
    EXPECT(flags_of(&s, 0) == 0);
}

TEST(from_the_birthday_together_all_three_are_needed_and_without_an_answer_the_grace_runs_from_it)
{
    SCENE(s);
    at_age(&s, noon(2026, 3, 1), false, 18);
    EXPECT(s.all.of == CONSENT_OF_ALL && consents_required(&s.all, s.now) == 3);
    EXPECT(flags_of(&s, 0) == FLAG_CONSENT_INVALID && flags_of(&s, 10) == GRACE);
    at_age(&s, noon(2026, 3, 10), false, 18);
    EXPECT(flags_of(&s, 10) == GRACE);
    at_age(&s, noon(2026, 3, 11), false, 18);
    EXPECT(flags_of(&s, 10) == FLAG_CONSENT_INVALID);
    son_says_yes(&s, noon(2026, 2, 1));
    EXPECT(flags_of(&s, 10) == 0 && !consents_name(&s.all, health, s.now) && consents_name(&s.all, school, s.now));
    s.given[2].withdrawn = true;
    EXPECT(flags_of(&s, 10) == FLAG_CONSENT_INVALID);
}

TEST(an_answer_that_was_taken_back_before_the_birthday_is_none_and_one_after_it_has_no_grace)
{
    SCENE(s);
    son_says_yes(&s, noon(2026, 2, 1));
    s.given[2].withdrawn = true;
    s.given[2].withdrawn_at = noon(2026, 2, 20);
    at_age(&s, noon(2026, 3, 5), false, 18);
    EXPECT(flags_of(&s, 0) == FLAG_CONSENT_INVALID && flags_of(&s, 10) == GRACE);
    s.given[2].withdrawn_at = noon(2026, 3, 1);
    EXPECT(flags_of(&s, 10) == FLAG_CONSENT_INVALID);
}

TEST(where_the_child_decides_alone_the_guardians_are_not_asked_any_more)
{
    SCENE(s);
    son_says_yes(&s, noon(2026, 2, 1));
    s.given[0].withdrawn = s.given[1].withdrawn = true;
    at_age(&s, noon(2026, 2, 28), true, 18);
    EXPECT(flags_of(&s, 0) == FLAG_CONSENT_INVALID);
    at_age(&s, noon(2026, 3, 1), true, 18);
    EXPECT(s.all.of == CONSENT_OF_CHILD && flags_of(&s, 0) == 0 && consents_required(&s.all, s.now) == 1);
    EXPECT(!consents_rest_on(&s.all, mother) && consents_rest_on(&s.all, son));
    EXPECT(consents_first_end(&s.all, s.now) == s.given[2].ends_at);
}

TEST(an_adult_decides_alone_whatever_the_setting_and_one_who_never_spoke_leaves_it_as_it_was)
{
    SCENE(s);
    at_age(&s, noon(2028, 3, 1), false, 23);
    EXPECT(s.all.of == CONSENT_OF_GUARDIANS);
    son_says_yes(&s, noon(2028, 2, 1));
    s.given[2].ends_at = period_end_of(day_from_date((Date){2028, 6, 30}));
    at_age(&s, noon(2028, 3, 1), false, 23);
    EXPECT(s.all.of == CONSENT_OF_CHILD && flags_of(&s, 0) == 0 && consents_of_child(&s.all, s.now));
}

TEST(a_log_that_began_after_the_birthday_began_with_the_childs_yes)
{
    Settings settings = settings_default();
    SCENE(s);

    consents_at_age(&s.all, BIRTH, day_from_date((Date){2026, 3, 1}), &settings, oslo_day(s.now));
    EXPECT(s.all.of == CONSENT_OF_GUARDIANS && flags_of(&s, 0) == 0);
    consents_at_age(&s.all, 0, day_from_date((Date){2025, 3, 1}), &settings, oslo_day(s.now));
    EXPECT(s.all.of == CONSENT_OF_GUARDIANS);
}

TEST(before_the_age_is_known_a_log_is_held_for_good_where_it_may_be)
{
    SCENE(s);
    son_says_yes(&s, noon(2026, 2, 1));
    s.all.of = CONSENT_OF_SOME;
    EXPECT(flags_of(&s, 0) == 0 && consents_name(&s.all, health, s.now));
    s.given[0].withdrawn = true;
    EXPECT(flags_of(&s, 0) == 0 && !consents_name(&s.all, health, s.now) && consents_name(&s.all, school, s.now));
    s.given[2].withdrawn = true;
    EXPECT(flags_of(&s, 30) == FLAG_CONSENT_INVALID);
}

RUN_TESTS("consent_age")

/* What somebody types of a consent before it is one: its days, and of whom it is.
 * Must not read a clock.
 * Called by meson test. */
#include "support/test.h"

#include "domain/consent.h"

TEST(a_form_without_both_days_is_no_consent)
{
    Values values = {.kind = kind_of(KIND_CONSENT)};
    ConsentGiven given = {0};

    EXPECT(!consent_from_values(&values, &given));
    values_put(&values, CONSENT_GIVEN_ON, STR("2026-03-01"));
    EXPECT(!consent_from_values(&values, &given) && given.given_at == 0);
    values_put(&values, CONSENT_VALID_TO, STR("2027-02-28"));
    EXPECT(consent_from_values(&values, &given));
    EXPECT(oslo_day(given.given_at) == day_from_date((Date){2026, 3, 1}));
    EXPECT(given.ends_at == oslo_time(day_from_date((Date){2027, 3, 1}), 0));
}

static Values child_of(const char *name, const char *number, const char *born)
{
    Values values = {.kind = kind_of(KIND_CHILD)};

    values_put(&values, CHILD_NAME, str_from_c(name));
    values_put(&values, CHILD_NATIONAL_ID, str_from_c(number));
    values_put(&values, CHILD_BIRTH_DATE, str_from_c(born));
    return values;
}

TEST(two_who_write_of_one_child_agree_in_the_number_or_else_in_name_and_birth)
{
    static const struct {
        const char *name, *number, *born;
        bool same;
    } others[] = {
        {"Blid Bjork", "1", "2016-05-14", true}, {"Blid", "1", "", true},           {"Blid Bjork", "2", "2016-05-14", false},
        {"Blid Bjork", "", "2016-05-14", true},  {"Blid Bjork", "", "", true},      {"Blid Bjork", "", "2016-05-15", false},
        {"Blid", "", "2016-05-14", false},       {"", "", "2016-05-14", false},
    };
    const Values one = child_of("Blid Bjork", "1", "2016-05-14");

    for (size_t i = 0; i < COUNT_OF(others); i++) {
        const Values other = child_of(others[i].name, others[i].number, others[i].born);
        EXPECT(consent_same_child(&one, &other) == others[i].same);
        EXPECT(consent_same_child(&other, &one) == others[i].same);
    }
}

TEST(a_consent_lasts_at_most_the_months_of_the_setting_from_the_day_it_is_given)
{
    Day given_on = day_from_date((Date){2028, 2, 29});
    Day longest = day_from_date((Date){2029, 2, 28});

    EXPECT(consent_longest(given_on, 12) == longest);
    EXPECT(consent_proposed(given_on, 12) == longest - 1);
    EXPECT(consent_last_day(given_on, longest + 5, 12) == longest);
    EXPECT(consent_last_day(given_on, longest - 5, 12) == longest - 5);
    EXPECT(consent_within(&(ConsentGiven){.given_at = oslo_time(given_on, 0), .ends_at = period_end_of(longest)}, 12));
    EXPECT(!consent_within(&(ConsentGiven){.given_at = oslo_time(given_on, 0), .ends_at = period_end_of(longest + 1)}, 12));
}

TEST(each_day_that_cannot_be_is_told_apart)
{
    Day today = day_from_date((Date){2026, 3, 1});
    Day longest = consent_longest(today, 6);

    EXPECT(consent_days(today, longest, today, 6) == 0);
    EXPECT(consent_days(0, 0, today, 6) == 0);
    EXPECT(consent_days(today + 1, 0, today, 6) == CONSENT_DAYS_TO_COME);
    EXPECT(consent_days(day_from_date((Date){1970, 1, 1}), 0, today, 6) == CONSENT_DAYS_OLD);
    EXPECT(consent_days(0, day_from_date((Date){1970, 1, 1}), today, 6) == CONSENT_DAYS_OVER);
    EXPECT(consent_days(day_from_date((Date){2025, 9, 1}), 0, today, 6) == 0);
    EXPECT(consent_days(day_from_date((Date){2025, 8, 31}), 0, today, 6) == CONSENT_DAYS_OLD);
    EXPECT(consent_days(0, today - 1, today, 6) == CONSENT_DAYS_OVER);
    EXPECT(consent_days(0, today, today, 6) == 0);
    EXPECT(consent_days(0, longest + 1, today, 6) == CONSENT_DAYS_LONG);
    EXPECT(consent_days(today + 1, longest + 1, today, 6) == (CONSENT_DAYS_TO_COME | CONSENT_DAYS_LONG));
}

RUN_TESTS("consent_form")

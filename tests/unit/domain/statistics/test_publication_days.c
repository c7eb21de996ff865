/* When statistics are published: thirty days after a half-year.
 * Must not need a clock.
 * Called by meson test. */
#include "support/test.h"

#include "domain/statistics/calendar.h"

static Day day(int year, unsigned month, unsigned of)
{
    return day_from_date((Date){year, month, of});
}

TEST(a_quarter_is_its_year_times_four_and_its_place)
{
    EXPECT(quarter_of(day(2026, 1, 1)) == 2026 * 4 && quarter_of(day(2026, 3, 31)) == 2026 * 4);
    EXPECT(quarter_of(day(2026, 4, 1)) == 2026 * 4 + 1 && quarter_of(day(2026, 12, 31)) == 2026 * 4 + 3);
    EXPECT(quarter_first(2026 * 4 + 2) == day(2026, 7, 1));
    EXPECT(quarter_over(day(2026, 1, 1)) == 2025 * 4 + 3);
}

TEST(a_half_year_is_due_on_the_thirtieth_day_after_it_and_not_before)
{
    EXPECT(publication_due(2026 * 4 + 1) == day(2026, 7, 31));
    EXPECT(publication_last(day(2026, 7, 30)) == 2025 * 4 + 3);
    EXPECT(publication_last(day(2026, 7, 31)) == 2026 * 4 + 1);
    EXPECT(publication_last(day(2027, 1, 30)) == 2026 * 4 + 1 && publication_last(day(2027, 1, 31)) == 2026 * 4 + 3);
}

TEST(the_next_one_is_told_also_before_the_first_and_when_one_was_missed)
{
    EXPECT(publication_next(0, day(2026, 3, 1), 2) == day(2026, 7, 31));
    EXPECT(publication_next(2025 * 4 + 3, day(2026, 3, 1), 2) == day(2026, 7, 31));
    EXPECT(publication_next(2025 * 4 + 1, day(2026, 3, 1), 2) == day(2026, 3, 1));
    EXPECT(publication_next(2026 * 4 + 1, day(2026, 7, 31), 2) == day(2027, 1, 31));
}

TEST(a_municipality_may_publish_each_quarter_or_each_year)
{
    EXPECT(publication_last_of(day(2026, 5, 1), 1) == 2026 * 4 && publication_last_of(day(2026, 4, 30), 1) == 2025 * 4 + 3);
    EXPECT(publication_last_of(day(2026, 12, 31), 4) == 2025 * 4 + 3 && publication_last_of(day(2027, 1, 31), 4) == 2026 * 4 + 3);
    EXPECT(publication_next(2025 * 4 + 3, day(2026, 3, 1), 1) == day(2026, 5, 1));
    EXPECT(publication_next(2025 * 4 + 3, day(2026, 3, 1), 4) == day(2027, 1, 31));
    EXPECT(publication_next(2026 * 4, day(2026, 6, 1), 4) == day(2027, 1, 31));
}

RUN_TESTS("days of publications")

/* Periods at their edges.
 * Must not read a clock.
 * Called by meson test. */
#include "support/test.h"

#include "domain/period.h"

static const Period open_ended = {.from_at = 100}, ended = {.from_at = 100, .to_at = 200};

TEST(a_period_is_in_force_from_its_beginning_until_its_end_which_is_no_part_of_it)
{
    EXPECT(!period_in_force(ended, 99));
    EXPECT(period_in_force(ended, 100));
    EXPECT(period_in_force(ended, 199));
    EXPECT(!period_in_force(ended, 200));
    EXPECT(!period_in_force(open_ended, 99));
    EXPECT(period_in_force(open_ended, INT64_MAX));
}

TEST(a_period_without_an_end_never_ends)
{
    EXPECT(!period_has_ended(open_ended, INT64_MAX));
    EXPECT(!period_will_end(open_ended, 0));
    EXPECT(!period_has_end(open_ended));
}

TEST(an_end_is_to_come_until_its_moment_and_has_come_from_then_on)
{
    EXPECT(period_will_end(ended, 199) && !period_has_ended(ended, 199));
    EXPECT(!period_will_end(ended, 200) && period_has_ended(ended, 200));
    EXPECT(period_will_end(ended, 50)); /* before it has begun, too */
    EXPECT(period_has_end(ended));
}

TEST(what_has_begun_has_begun_though_it_is_over)
{
    EXPECT(!period_has_begun(ended, 99));
    EXPECT(period_has_begun(ended, 100) && period_has_begun(ended, 300));
}

TEST(a_period_that_ends_when_it_begins_or_before_is_none)
{
    EXPECT(period_is_whole(open_ended) && period_is_whole(ended));
    EXPECT(!period_is_whole((Period){.from_at = 100, .to_at = 100}));
    EXPECT(!period_is_whole((Period){.from_at = 100, .to_at = 99}));
    EXPECT(!period_in_force((Period){.from_at = 100, .to_at = 100}, 100));
}

TEST(in_force_means_begun_and_not_ended_for_every_order_of_the_three_times)
{
    for (int64_t from = 1; from <= 4; from++)
        for (int64_t to = 0; to <= 4; to++)
            for (int64_t now = 0; now <= 5; now++) {
                Period period = {.from_at = from, .to_at = to};
                bool over = to != 0 && to <= now;
                EXPECT(period_has_ended(period, now) == over);
                EXPECT(period_in_force(period, now) == (from <= now && !over));
                EXPECT(!(period_has_ended(period, now) && period_will_end(period, now)));
            }
}

TEST(the_last_day_belongs_to_the_period_in_winter_in_summer_and_when_the_clock_changes)
{
    static const Date days[] = {{2026, 1, 31}, {2028, 2, 29}, {2026, 3, 28}, {2026, 3, 29}, {2026, 10, 24}, {2026, 10, 25}, {2026, 12, 31}};

    for (size_t i = 0; i < COUNT_OF(days); i++) {
        Day last = day_from_date(days[i]);
        int64_t end = period_end_of(last);
        EXPECT(oslo_day(end - 1) == last && oslo_day(end) == last + 1 && oslo_minute(end) == 0);
        EXPECT(period_last_day(end) == last);
    }
}

TEST(periods_overlap_when_a_moment_is_in_both)
{
    EXPECT(!period_overlaps((Period){1, 5}, (Period){5, 9}) && !period_overlaps((Period){5, 0}, (Period){1, 5}));
    EXPECT(period_overlaps((Period){1, 5}, (Period){4, 9}) && period_overlaps((Period){1, 0}, (Period){9, 0}));
    EXPECT(period_overlaps((Period){1, 9}, (Period){3, 4}) && period_overlaps((Period){3, 4}, (Period){1, 9}));
}

TEST(what_is_not_held_is_found_piece_by_piece)
{
    const Period held[] = {{10, 20}, {15, 30}, {40, 50}};
    Period gap = {7, 7};

    EXPECT(!period_gap(held, 3, (Period){10, 30}, &gap) && !period_gap(held, 3, (Period){45, 50}, &gap) && gap.from_at == 7);
    EXPECT(period_gap(held, 3, (Period){12, 0}, &gap) && gap.from_at == 30 && gap.to_at == 40);
    EXPECT(period_gap(held, 3, (Period){5, 60}, &gap) && gap.from_at == 5 && gap.to_at == 10);
    EXPECT(period_gap(held, 3, (Period){42, 0}, &gap) && gap.from_at == 50 && gap.to_at == 0);
    EXPECT(period_gap(held, 0, (Period){1, 2}, &gap) && gap.from_at == 1 && gap.to_at == 2);
    EXPECT(!period_gap((Period[]){{10, 0}}, 1, (Period){11, 0}, &gap));
}

TEST(periods_are_ordered_by_their_beginnings)
{
    EXPECT(period_order((Period){1, 9}, (Period){2, 3}) < 0 && period_order((Period){2, 0}, (Period){2, 3}) == 0 &&
           period_order((Period){3, 0}, (Period){2, 3}) > 0);
}

RUN_TESTS("period")

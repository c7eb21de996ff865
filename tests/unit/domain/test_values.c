/* What lies ahead, by the minute and by the day, also when the clock is set.
 * Must not read a clock.
 * Called by meson test. */
#include "support/test.h"

#include "domain/values.h"

#define MINUTE_MS ((int64_t)60000)

static Values meeting_at(Str time)
{
    Values meeting = {.kind = kind_of(KIND_MEETING)};

    values_put(&meeting, MEETING_TIME, time);
    return meeting;
}

static Day day_in(Str iso)
{
    Day day = 0;

    EXPECT_OK(day_parse(iso, &day));
    return day;
}

TEST(a_measure_goes_on_while_it_is_planned_or_under_way)
{
    static const struct {
        Str state;
        bool goes_on;
    } states[] = {{STR("1"), true}, {STR("2"), true}, {STR("3"), false}, {STR("4"), false}, {STR(""), false}};

    for (size_t i = 0; i < COUNT_OF(states); i++) {
        Values measure = {.kind = kind_of(KIND_MEASURE)};
        values_put(&measure, MEASURE_STATE, states[i].state);
        EXPECT(measure_goes_on(&measure) == states[i].goes_on);
    }
}

TEST(a_meeting_is_to_come_until_the_minute_in_which_it_begins_is_over)
{
    const Values meeting = meeting_at(STR("2026-11-21T14:00"));
    int64_t begins = oslo_time(day_in(STR("2026-11-21")), 14 * 60);

    EXPECT(meeting_is_coming(&meeting, begins - MINUTE_MS) && meeting_is_coming(&meeting, begins));
    EXPECT(!meeting_is_coming(&meeting, begins + 1));
}

TEST(a_meeting_in_the_hour_that_a_spring_night_skips_is_an_hour_later_and_one_that_comes_twice_is_the_first)
{
    const Values spring = meeting_at(STR("2026-03-29T02:30")), autumn = meeting_at(STR("2026-10-25T02:30"));
    int64_t skipped = oslo_time(day_in(STR("2026-03-29")), 3 * 60 + 30), first = oslo_time(day_in(STR("2026-10-25")), 2 * 60 + 30);

    EXPECT(meeting_is_coming(&spring, skipped) && !meeting_is_coming(&spring, skipped + 1));
    EXPECT(meeting_is_coming(&autumn, first) && !meeting_is_coming(&autumn, first + 1));
}

TEST(by_the_day_a_meeting_stands_until_midnight_in_norway_whatever_its_hour)
{
    const Values meeting = meeting_at(STR("2028-02-29T00:00"));

    EXPECT(meeting_is_on_or_after(&meeting, day_in(STR("2028-02-28"))));
    EXPECT(meeting_is_on_or_after(&meeting, day_in(STR("2028-02-29"))));
    EXPECT(!meeting_is_on_or_after(&meeting, day_in(STR("2028-03-01"))));
}

TEST(a_meeting_without_a_time_and_what_is_no_meeting_are_over)
{
    const Values nothing = meeting_at(STR_NONE), note = {.kind = kind_of(KIND_NOTE)};

    EXPECT(!meeting_is_coming(&nothing, INT64_MIN) && !meeting_is_on_or_after(&nothing, INT32_MIN));
    EXPECT(!meeting_is_coming(&note, INT64_MIN) && !meeting_is_on_or_after(&note, INT32_MIN));
}

RUN_TESTS("values")

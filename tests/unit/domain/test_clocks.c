/* Dates that follow from others, at midnight, leap days, ends of months and changes of the clock.
 * Must not read a clock.
 * Called by meson test. */
#include "support/golden.h"

#include "domain/clocks.h"
#include "domain/clocks_print.h"
#include "domain/notices.h"

static Day day(int year, unsigned month, unsigned date)
{
    return day_from_date((Date){year, month, date});
}

static int64_t at(int year, unsigned month, unsigned date, unsigned hour)
{
    return oslo_time(day(year, month, date), hour * 60);
}

static Settings settings;

static int64_t due(ClockId clock, int64_t started_at)
{
    settings = settings_default();
    return clock_due(clock, started_at, &settings);
}

static bool falls_due_on(ClockId clock, int64_t started_at, int year, unsigned month, unsigned date)
{
    return due(clock, started_at) == at(year, month, date, 0);
}

/* ---- arithmetic ---- */

TEST(what_counts_days_falls_due_at_midnight_whenever_it_started_that_day)
{
    int64_t midnight = at(2026, 6, 1, 0);

    EXPECT(falls_due_on(CLOCK_LEFT_END, midnight, 2026, 7, 1));
    EXPECT(falls_due_on(CLOCK_LEFT_END, midnight + 24 * 3600 * 1000 - 1, 2026, 7, 1));
    EXPECT(falls_due_on(CLOCK_LEFT_END, midnight - 1, 2026, 6, 30));
}

TEST(months_end_at_the_last_day_of_a_shorter_one)
{
    EXPECT(falls_due_on(CLOCK_CLAIM_DECIDED, at(2026, 1, 31, 15), 2026, 2, 28));
    EXPECT(falls_due_on(CLOCK_CLAIM_DECIDED, at(2028, 1, 31, 15), 2028, 2, 29));
    EXPECT(falls_due_on(CLOCK_INACTIVE_REQUEST, at(2026, 11, 30, 12), 2027, 2, 28));
    EXPECT(falls_due_on(CLOCK_INACTIVE_LISTED, at(2026, 8, 31, 12), 2027, 2, 28));
    EXPECT(falls_due_on(CLOCK_REPORT_END, at(2028, 2, 29, 3), 2029, 2, 28));
}

TEST(a_child_of_the_leap_day_is_of_age_on_the_first_of_march_and_told_as_long_before_as_others)
{
    EXPECT(falls_due_on(CLOCK_OF_AGE, at(2008, 2, 29, 0), 2026, 3, 1));
    EXPECT(falls_due_on(CLOCK_OF_AGE_NOTICE_30, at(2008, 2, 29, 0), 2026, 1, 30));
    EXPECT(falls_due_on(CLOCK_CONSENT_AGE, at(2008, 2, 29, 0), 2024, 2, 29));
    EXPECT(falls_due_on(CLOCK_ADULT_BREACH, at(2008, 2, 29, 0), 2026, 4, 30));
}

TEST(days_are_days_of_the_calendar_where_the_clock_changes)
{
    /* 29 March 2026 has 23 hours, 25 October 25. */
    EXPECT(falls_due_on(CLOCK_CONSENT_END, at(2026, 3, 28, 0), 2026, 3, 29));
    EXPECT(falls_due_on(CLOCK_CONSENT_END, at(2026, 3, 29, 0), 2026, 3, 30));
    EXPECT(due(CLOCK_CONSENT_END, at(2026, 3, 29, 0)) - at(2026, 3, 29, 0) == (int64_t)23 * 3600 * 1000);
    EXPECT(due(CLOCK_CONSENT_END, at(2026, 10, 25, 0)) - at(2026, 10, 25, 0) == (int64_t)25 * 3600 * 1000);
}

TEST(hours_are_elapsed_ones_in_the_nights_in_which_the_clock_changes)
{
    EXPECT(due(CLOCK_PURGE_LATEST, at(2026, 3, 28, 12)) == at(2026, 3, 29, 13));
    EXPECT(due(CLOCK_PURGE_LATEST, at(2026, 10, 24, 12)) == at(2026, 10, 25, 11));
    EXPECT(due(CLOCK_PURGE_ALARM, at(2026, 6, 1, 12)) == at(2026, 6, 2, 8));
}

TEST(hours_have_no_day_of_their_own)
{
    EXPECT(clock_day(CLOCK_PURGE_LATEST, day(2026, 6, 1), NULL) == day(2026, 6, 1));
}

TEST(a_last_day_is_whole)
{
    EXPECT(falls_due_on(CLOCK_CONSENT_END, at(2026, 6, 30, 0), 2026, 7, 1));
    EXPECT(falls_due_on(CLOCK_TRANSFER_END, at(2026, 6, 1, 23), 2026, 7, 2));
    EXPECT(falls_due_on(CLOCK_BACKUP_END, at(2026, 6, 1, 1), 2026, 7, 2));
    EXPECT(falls_due_on(CLOCK_DEADLINE_OVER, at(2026, 2, 28, 0), 2026, 3, 1));
}

TEST(a_setting_is_the_length_where_the_row_says_so)
{
    settings = settings_default();
    settings.values[SETTING_CONSENT_AGE] = 15;
    settings.values[SETTING_CONSENT_GRACE] = 30;
    settings.values[SETTING_INACTIVITY] = 5;
    settings.values[SETTING_DELETION_DELAY] = 6;
    EXPECT(clock_day(CLOCK_CONSENT_AGE, day(2012, 5, 17), &settings) == day(2027, 5, 17));
    EXPECT(clock_day(CLOCK_GRACE_END, day(2026, 6, 30), &settings) == day(2026, 7, 31));
    EXPECT(clock_day(CLOCK_INACTIVE_LISTED, day(2026, 1, 31), &settings) == day(2026, 11, 30));
    EXPECT(clock_due(CLOCK_PURGE, 1000, &settings) == 1000 + (int64_t)6 * 3600 * 1000);
}

TEST(without_a_grace_it_is_over_when_the_consent_is)
{
    EXPECT(due(CLOCK_GRACE_END, at(2026, 6, 30, 0)) == due(CLOCK_CONSENT_END, at(2026, 6, 30, 0)));
}

TEST(every_clock_falls_due_after_its_start_but_for_what_is_told_before)
{
    for (ClockId clock = CLOCK_NONE + 1; clock < CLOCK_COUNT; clock++) {
        /* Without a grace there is no night between a guardian's leaving and the end of it. */
        bool before = clock == CLOCK_DEADLINE_SOON || clock == CLOCK_DEADLINE_NEAR || clock == CLOCK_MEETING_SOON ||
                      clock == CLOCK_LEAVE_GRACE_END || (clock >= CLOCK_CONSENT_NOTICE_60 && clock <= CLOCK_CONSENT_NOTICE_7);
        EXPECT((due(clock, at(2026, 6, 1, 12)) < at(2026, 6, 1, 12)) == before);
    }
}

/* ---- one log ---- */

static ClockWatch watch_of(State state)
{
    settings = settings_default();
    return (ClockWatch){.settings = &settings, .state = state};
}

static ClockWatch started(State state, enum ClockStart start, int64_t started_at)
{
    ClockWatch watch = watch_of(state);
    clock_start(&watch, start, started_at);
    return watch;
}

TEST(a_clock_whose_start_is_not_known_does_not_run)
{
    ClockWatch watch = watch_of(STATE_ACTIVE);

    for (ClockId clock = CLOCK_NONE + 1; clock < CLOCK_COUNT; clock++)
        EXPECT(!clock_runs(clock, &watch));
    EXPECT(clocks_wake(&watch, at(2026, 1, 1, 12)) == INT64_MAX);
}

TEST(a_clock_runs_only_in_the_states_of_its_row_and_no_clock_of_a_log_when_it_is_deleted)
{
    for (unsigned start = 0; start < CLOCK_START_COUNT; start++) {
        ClockWatch watch = started(STATE_DELETED, (enum ClockStart)start, at(2026, 1, 1, 12));
        for (ClockId clock = CLOCK_NONE + 1; clock < CLOCK_COUNT; clock++)
            EXPECT(!clock_runs(clock, &watch));
    }
    ClockWatch watch = started(STATE_PASSIVE, START_OF_ACTIVITY, at(2026, 1, 1, 12));
    EXPECT(!clock_runs(CLOCK_INACTIVE_REQUEST, &watch));
    watch.state = STATE_ACTIVE;
    EXPECT(clock_runs(CLOCK_INACTIVE_REQUEST, &watch));
}

TEST(the_clock_of_inactivity_stands_still_while_restricted_and_that_of_the_passive_log_goes_on)
{
    ClockWatch watch = started(STATE_ACTIVE, START_OF_ACTIVITY, at(2026, 1, 1, 12));
    watch.flags = FLAG_RESTRICTED;
    EXPECT(!clock_runs(CLOCK_INACTIVE_REQUEST, &watch) && !clock_runs(CLOCK_INACTIVE_LISTED, &watch));
    watch = started(STATE_PASSIVE, START_OF_PASSIVE, at(2026, 1, 1, 12));
    watch.flags = FLAG_RESTRICTED;
    EXPECT(clock_runs(CLOCK_PASSIVE_END, &watch));
}

TEST(a_clock_that_needs_a_flag_runs_only_with_it)
{
    ClockWatch watch = started(STATE_ACTIVE, START_OF_ACTIVITY, at(2026, 1, 1, 12));
    EXPECT(!clock_runs(CLOCK_MOVED_REQUEST, &watch));
    watch.flags = FLAG_MOVED;
    EXPECT(clock_runs(CLOCK_MOVED_REQUEST, &watch));
}

TEST(reminders_of_a_passive_log_come_only_before_its_end)
{
    ClockWatch watch = started(STATE_PASSIVE, START_OF_PASSIVE, at(2026, 1, 15, 12));
    EXPECT(clock_runs(CLOCK_PASSIVE_REMIND_11, &watch));
    settings.values[SETTING_LONGEST_PASSIVE] = 6;
    EXPECT(!clock_runs(CLOCK_PASSIVE_REMIND_11, &watch) && !clock_runs(CLOCK_PASSIVE_REMIND_6, &watch));
    EXPECT(clock_runs(CLOCK_PASSIVE_REMIND_3, &watch) && clock_runs(CLOCK_PASSIVE_END, &watch));
}

TEST(a_prolonging_ends_what_runs_to_the_longest_passive_time_and_its_own_end_comes_instead)
{
    ClockWatch watch = started(STATE_PASSIVE, START_OF_PASSIVE, at(2026, 1, 15, 12));

    EXPECT(clock_runs(CLOCK_PASSIVE_END, &watch) && !clock_runs(CLOCK_PROLONGED_END, &watch));
    clock_start(&watch, START_OF_PROLONGED, at(2026, 1, 20, 12));
    EXPECT(!clock_runs(CLOCK_PASSIVE_END, &watch) && clock_runs(CLOCK_PROLONGED_END, &watch));
    EXPECT(notice_of_clock(CLOCK_PROLONGED_END) != NOTICE_NONE);
}

TEST(where_a_death_is_recorded_nobody_is_told_of_consent_birthdays_or_quiet_and_what_closes_the_log_still_does)
{
    static const ClockId still[] = {CLOCK_OF_AGE_NOTICE_90, CLOCK_OF_AGE_NOTICE_30, CLOCK_CONSENT_AGE_NOTICE_90, CLOCK_CONSENT_AGE,
                                    CLOCK_CONSENT_NOTICE_60, CLOCK_CONSENT_NOTICE_7, CLOCK_CONSENT_END, CLOCK_INACTIVE_REQUEST,
                                    CLOCK_INACTIVE_LISTED};
    static const ClockId on[] = {CLOCK_OF_AGE, CLOCK_GRACE_END, CLOCK_DEATH_END};
    const int64_t day = at(2026, 1, 15, 12);
    ClockWatch watch = started(STATE_ACTIVE, START_OF_BIRTH, at(2012, 3, 4, 0));
    Settings grace = *watch.settings;

    grace.values[SETTING_CONSENT_GRACE] = 14;
    watch.settings = &grace;
    clock_start(&watch, START_OF_CONSENT_LAST_DAY, day);
    clock_start(&watch, START_OF_ACTIVITY, day);
    for (size_t i = 0; i < COUNT_OF(still); i++)
        EXPECT(clock_runs(still[i], &watch));
    clock_start(&watch, START_OF_DEATH, day);
    for (size_t i = 0; i < COUNT_OF(still); i++)
        EXPECT(!clock_runs(still[i], &watch));
    for (size_t i = 0; i < COUNT_OF(on); i++)
        EXPECT(clock_runs(on[i], &watch));
}

/* ---- the first day on which a rule must look ---- */

TEST(a_log_wakes_on_the_first_day_to_come_and_no_longer_for_what_is_past)
{
    ClockWatch watch = started(STATE_ACTIVE, START_OF_CONSENT_LAST_DAY, at(2026, 6, 30, 0));

    EXPECT(clocks_wake(&watch, at(2026, 1, 10, 12)) == at(2026, 5, 1, 0));
    EXPECT(clocks_wake(&watch, at(2026, 5, 1, 0) - 1) == at(2026, 5, 1, 0));
    EXPECT(clocks_wake(&watch, at(2026, 5, 1, 0)) == at(2026, 5, 31, 0));
    EXPECT(clocks_wake(&watch, at(2026, 6, 20, 12)) == at(2026, 6, 23, 0));
    EXPECT(clocks_wake(&watch, at(2026, 6, 30, 12)) == at(2026, 7, 1, 0));
    EXPECT(clocks_wake(&watch, at(2026, 7, 2, 0)) == at(2026, 7, 1, 0)); /* it should be passive, and is looked at until it is */
    watch.state = STATE_PASSIVE;
    EXPECT(clocks_wake(&watch, at(2026, 7, 2, 0)) == INT64_MAX);
}

/* ---- what has fallen due ---- */

static bool next_due(const ClockWatch *watch, int64_t after, int64_t to, ClockId clock, int64_t due_at)
{
    ClocksDue due = {0};
    return clocks_due(watch, after, to, &due) && due.count == 1 && due.items[0] == clock && due.at == due_at;
}

TEST(what_was_missed_falls_due_in_the_order_of_its_dates)
{
    ClockWatch watch = started(STATE_ACTIVE, START_OF_CONSENT_LAST_DAY, at(2026, 6, 30, 0));
    ClocksDue none;

    EXPECT(!clocks_due(&watch, at(2026, 4, 1, 0), at(2026, 5, 1, 0) - 1, &none));
    EXPECT(next_due(&watch, at(2026, 4, 1, 0), at(2026, 8, 1, 0), CLOCK_CONSENT_NOTICE_60, at(2026, 5, 1, 0)));
    EXPECT(next_due(&watch, at(2026, 5, 1, 0), at(2026, 8, 1, 0), CLOCK_CONSENT_NOTICE_30, at(2026, 5, 31, 0)));
    EXPECT(next_due(&watch, at(2026, 5, 31, 0), at(2026, 8, 1, 0), CLOCK_CONSENT_NOTICE_7, at(2026, 6, 23, 0)));
    EXPECT(next_due(&watch, at(2026, 6, 23, 0), at(2026, 8, 1, 0), CLOCK_GRACE_END, at(2026, 7, 1, 0)));
    EXPECT(!clocks_due(&watch, at(2026, 7, 1, 0), at(2027, 8, 1, 0), &none));
}

TEST(what_falls_due_in_one_moment_falls_due_together_and_the_birthday_gives_the_reason)
{
    ClockWatch watch = started(STATE_ACTIVE, START_OF_CONSENT_LAST_DAY, at(2026, 6, 30, 0));
    ClocksDue due = {0};

    clock_start(&watch, START_OF_BIRTH, at(2008, 7, 1, 0));
    clock_start(&watch, START_OF_CHILD_CONSENT, at(2024, 7, 1, 0));
    EXPECT(clocks_due(&watch, at(2026, 6, 30, 0), at(2026, 7, 1, 0), &due));
    EXPECT(due.count == 2 && due.items[0] == CLOCK_OF_AGE && due.items[1] == CLOCK_GRACE_END);
    EXPECT(clock_closes(due.items[0], 0) == CLOSING_OF_AGE && clock_closes(due.items[1], 0) == CLOSING_CONSENT_EXPIRED);
    EXPECT(clocks_overdue(&watch, at(2026, 7, 1, 0)) == CLOCK_OF_AGE);
    EXPECT(clocks_overdue(&watch, at(2026, 7, 1, 0) - 1) == CLOCK_NONE);
}

TEST(an_adult_who_goes_on_by_their_own_consent_is_told_and_the_log_stays_open)
{
    EXPECT(clock_closes(CLOCK_OF_AGE, FLAG_OWN_CONSENT) == CLOSING_NONE);
    ClockWatch watch = started(STATE_ACTIVE, START_OF_BIRTH, at(2008, 7, 1, 0));
    clock_start(&watch, START_OF_CHILD_CONSENT, at(2026, 6, 1, 0));
    watch.flags = FLAG_OWN_CONSENT;
    settings.values[SETTING_HIGHEST_AGE] = 23;
    EXPECT(clocks_overdue(&watch, at(2031, 7, 1, 0) - 1) == CLOCK_NONE);
    EXPECT(clocks_overdue(&watch, at(2031, 7, 1, 0)) == CLOCK_HIGHEST_AGE);
}

TEST(without_the_young_persons_answer_the_birthday_closes_or_begins_the_grace_and_with_it_neither)
{
    ClockWatch watch = started(STATE_ACTIVE, START_OF_BIRTH, at(2012, 2, 29, 0));

    EXPECT(next_due(&watch, at(2027, 11, 1, 0), at(2028, 3, 1, 0), CLOCK_CONSENT_AGE_NOTICE_90, at(2027, 12, 1, 0)));
    EXPECT(next_due(&watch, at(2028, 2, 22, 0), at(2028, 3, 1, 0), CLOCK_CONSENT_AGE_END, at(2028, 2, 29, 0)));
    EXPECT(clock_closes(CLOCK_CONSENT_AGE_END, 0) == CLOSING_CONSENT_AGE);
    settings.values[SETTING_CONSENT_GRACE] = 10;
    EXPECT(next_due(&watch, at(2028, 2, 22, 0), at(2028, 3, 30, 0), CLOCK_CONSENT_AGE, at(2028, 2, 29, 0)));
    EXPECT(next_due(&watch, at(2028, 2, 29, 0), at(2028, 3, 30, 0), CLOCK_CONSENT_AGE_END, at(2028, 3, 10, 0)));
    clock_start(&watch, START_OF_CHILD_CONSENT, at(2028, 1, 1, 0));
    EXPECT(!clock_runs(CLOCK_CONSENT_AGE, &watch) && !clock_runs(CLOCK_CONSENT_AGE_END, &watch));
    EXPECT(!clock_runs(CLOCK_CONSENT_AGE_NOTICE_7, &watch));
}

TEST(in_the_grace_the_end_of_the_consent_is_told_and_the_end_of_the_grace_closes)
{
    ClockWatch watch = started(STATE_ACTIVE, START_OF_CONSENT_LAST_DAY, at(2026, 6, 30, 0));

    settings.values[SETTING_CONSENT_GRACE] = 14;
    EXPECT(next_due(&watch, at(2026, 6, 23, 0), at(2026, 8, 1, 0), CLOCK_CONSENT_END, at(2026, 7, 1, 0)));
    EXPECT(next_due(&watch, at(2026, 7, 1, 0), at(2026, 8, 1, 0), CLOCK_GRACE_END, at(2026, 7, 15, 0)));
    EXPECT(clock_closes(CLOCK_CONSENT_END, 0) == CLOSING_NONE && clock_closes(CLOCK_GRACE_END, 0) == CLOSING_CONSENT_EXPIRED);
    watch = started(STATE_ACTIVE, START_OF_CONSENT_LOST, at(2026, 6, 30, 11));
    settings.values[SETTING_CONSENT_GRACE] = 14;
    EXPECT(next_due(&watch, at(2026, 6, 30, 11), at(2026, 8, 1, 0), CLOCK_LEAVE_GRACE_END, at(2026, 7, 14, 0)));
}

TEST(the_nearest_of_several_clocks_decides)
{
    ClockWatch watch = started(STATE_ACTIVE, START_OF_CONSENT_LAST_DAY, at(2026, 12, 31, 0));

    clock_start(&watch, START_OF_ACTIVITY, at(2026, 1, 31, 9));
    EXPECT(clocks_wake(&watch, at(2026, 1, 31, 9)) == at(2026, 4, 30, 0));
    clock_start(&watch, START_OF_CONSENT_LAST_DAY, at(2026, 3, 1, 0));
    EXPECT(clocks_wake(&watch, at(2026, 1, 31, 9)) == at(2026, 2, 22, 0));
}

TEST(the_day_in_the_clear_tells_no_birthday)
{
    for (unsigned date = 1; date <= 30; date++) {
        ClockWatch watch = started(STATE_ACTIVE, START_OF_BIRTH, at(2012, 6, date, 0));
        clock_start(&watch, START_OF_CHILD_CONSENT, at(2028, 5, 1, 0));
        int64_t wake = clocks_wake(&watch, at(2028, 7, 15, 12)); /* past the age of consent */
        EXPECT(wake == oslo_time(day_from_date((Date){2030, date_from_day(day(2030, 6, date) - 90).month, 1}), 0));
        EXPECT(date_from_day(oslo_day(wake)).day == 1);
    }
}

TEST(in_the_month_of_a_birthday_the_log_is_looked_at_until_the_day_has_come)
{
    ClockWatch watch = started(STATE_PASSIVE, START_OF_BIRTH, at(2008, 6, 20, 0));

    EXPECT(clocks_wake(&watch, at(2026, 6, 10, 12)) == at(2026, 6, 1, 0));
    EXPECT(clocks_wake(&watch, at(2026, 6, 20, 0)) == at(2026, 7, 1, 0)); /* the end of the offered copy, on 4 July */
}

TEST(what_is_counted_in_hours_is_looked_at_until_it_is_done)
{
    ClockWatch watch = started(STATE_DELETION_ORDERED, START_OF_T0, at(2026, 6, 1, 12));

    EXPECT(clocks_wake(&watch, at(2026, 6, 1, 12)) == at(2026, 6, 1, 0));
    EXPECT(clocks_wake(&watch, at(2026, 6, 4, 12)) == at(2026, 6, 1, 0));
    watch.flags = FLAG_HOLD;
    EXPECT(clocks_wake(&watch, at(2026, 6, 1, 12)) == INT64_MAX);
}

/* ---- dates of which a log has several ---- */

TEST(each_deadline_of_a_log_has_its_own_clocks_and_what_is_over_falls_due_each_week)
{
    const ClockDate dates[] = {{.start = START_OF_DEADLINE, .day = day(2026, 6, 10)}, {.start = START_OF_DEADLINE, .day = day(2026, 6, 20)}};
    ClockWatch watch = {.state = STATE_ACTIVE, .dates = {dates, COUNT_OF(dates)}};
    ClocksDue due = {0};

    EXPECT(clocks_wake(&watch, at(2026, 6, 1, 12)) == at(2026, 6, 3, 0));
    EXPECT(clocks_wake(&watch, at(2026, 6, 3, 0)) == at(2026, 6, 9, 0));
    EXPECT(clocks_due(&watch, at(2026, 6, 9, 0), at(2026, 6, 11, 0), &due) && due.count == 1 && due.items[0] == CLOCK_DEADLINE_OVER);
    EXPECT(clock_date_due(CLOCK_DEADLINE_OVER, &dates[0], at(2026, 6, 18, 0)) && clock_date_due(CLOCK_DEADLINE_OVER, &dates[0], at(2026, 6, 25, 0)));
    EXPECT(!clock_date_due(CLOCK_DEADLINE_OVER, &dates[0], at(2026, 6, 17, 0)) && !clock_date_due(CLOCK_DEADLINE_OVER, &dates[1], at(2026, 6, 18, 0)));
    EXPECT(clock_waits(CLOCK_DEADLINE_OVER, at(2026, 6, 18, 0), &watch) && !clock_waits(CLOCK_DEADLINE_OVER, at(2026, 6, 10, 0), &watch));
    EXPECT(clock_waits(CLOCK_DEADLINE_SOON, at(2026, 6, 13, 0), &watch) && !clock_waits(CLOCK_DEADLINE_SOON, at(2026, 6, 12, 0), &watch));
    watch.state = STATE_PASSIVE;
    EXPECT(clocks_wake(&watch, at(2026, 6, 1, 12)) == INT64_MAX && !clock_waits(CLOCK_DEADLINE_OVER, at(2026, 6, 18, 0), &watch));
}

TEST(the_printed_clocks_are_the_golden_file)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, GOLDEN_MAX);
    Str text;

    clocks_print(&buf);
    EXPECT_OK(buf_done(&buf, &text));
    golden_expect("tests/golden/clocks.txt", text);
}

RUN_TESTS("clocks")

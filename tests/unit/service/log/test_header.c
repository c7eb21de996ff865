/* The header says what a list needs: whose log, which level, what comes next.
 * Must not touch the disk.
 * Called by meson test. */
#include "support/test.h"

#include "base/calendar.h"
#include "domain/fields.h"
#include "gateway/gateway.h"
#include "service/log/header.h"

#define CHILD(n) entry(KIND_CHILD, "name", n, NULL, NULL, NULL, NULL)
#define LEVEL(n) entry(KIND_LEVEL, "level", n, NULL, NULL, NULL, NULL)
#define MEASURE(text, due, state) entry(KIND_MEASURE, "description", text, "deadline", due, "state", state)
#define MEETING(text, time) entry(KIND_MEETING, "agenda", text, "time", time, NULL, NULL)
#define HEADER(header, ...)                                                                        \
    TEST_ARENA(arena);                                                                             \
    LogOpened entries[] = {__VA_ARGS__};                                                           \
    Values header = {0};                                                                           \
    EXPECT_OK(log_header_make(entries, COUNT_OF(entries), day_from_date(today), arena, &header))

static const Date today = {.year = 2026, .month = 11, .day = 24};

static LogOpened entry(KindId kind, const char *a, const char *a_text, const char *b, const char *b_text, const char *c,
                       const char *c_text)
{
    LogOpened opened = {.values = {.kind = kind_of(kind)}};
    const char *names[] = {a, b, c}, *texts[] = {a_text, b_text, c_text};
    for (unsigned i = 0; i < 3; i++)
        if (names[i])
            opened.values.text[kind_find(opened.values.kind, str_from_c(names[i]))] = str_from_c(texts[i]);
    return opened;
}

TEST(a_log_without_a_child_has_no_header)
{
    TEST_ARENA(arena);
    LogOpened entries[] = {LEVEL("2")};
    Values header = {0};
    EXPECT_ERR(log_header_make(entries, 1, day_from_date(today), arena, &header), E_INVALID);
    EXPECT(header.kind == NULL);
}

TEST(the_level_is_the_newest_that_was_not_removed)
{
    LogOpened removed = LEVEL("3");
    removed.removed = true;
    HEADER(header, CHILD("Blid"), LEVEL("1"), LEVEL("2"), removed);
    EXPECT_STR(values_get(&header, "level"), "2");
    EXPECT_STR(values_get(&header, "child_name"), "Blid");
}

TEST(a_log_with_nothing_to_do_has_no_next_step)
{
    HEADER(header, CHILD("Blid"), MEASURE("ferdig", "2026-12-01", "3"), MEASURE("stanset", "2026-12-01", "4"));
    EXPECT(values_get(&header, "next_step").length == 0);
    EXPECT(values_get(&header, "next_due").length == 0);
}

TEST(the_next_step_is_the_one_due_first)
{
    HEADER(header, CHILD("Blid"), MEASURE("sen", "2026-12-20", "1"), MEETING("felles", "2026-12-01T14:00"),
           MEASURE("senere", "2026-12-24", "2"));
    EXPECT_STR(values_get(&header, "next_step"), "felles");
    EXPECT_STR(values_get(&header, "next_due"), "2026-12-01");
}

TEST(a_meeting_that_is_over_is_no_next_step_but_an_overdue_measure_is)
{
    HEADER(header, CHILD("Blid"), MEETING("var", "2026-11-19T14:00"), MEASURE("over fristen", "2026-11-20", "2"));
    EXPECT_STR(values_get(&header, "next_step"), "over fristen");
}

TEST(a_meeting_today_is_the_next_step)
{
    HEADER(header, CHILD("Blid"), MEETING("i dag", "2026-11-24T08:00"));
    EXPECT_STR(values_get(&header, "next_step"), "i dag");
}

TEST(a_long_step_is_cut_between_letters)
{
    char text[603] = "x";
    for (unsigned i = 0; i < 300; i++)
        memcpy(text + 1 + 2 * i, "\xc3\xb8", 2);
    HEADER(header, CHILD("Blid"), MEASURE(text, "2026-12-20", "1"));
    Str step = values_get(&header, "next_step");
    EXPECT(utf8_valid(step));
    EXPECT(utf8_length(step) == 200);
}

RUN_TESTS("log_header")

/* The header says what a list needs: whose log, which level, what comes next.
 * Must not touch the disk.
 * Called by meson test. */
#include "support/test.h"

#include <stdio.h>

#include "base/calendar.h"
#include "domain/fields.h"
#include "gateway/gateway.h"
#include "service/log/dates.h"
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

/* ---- renewed after one change ---- */

#define ENTRIES 40
#define DAYS 60

/* A log in memory: rows with their plain columns, and what they hold, which is opened when somebody asks. */
typedef struct Made {
    LogOpened opened[ENTRIES];
    EntryRow rows[ENTRIES];
    uint32_t count, looks;
    uint64_t random;
} Made;

static uint32_t draw(Made *made, uint32_t below)
{
    made->random = made->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(made->random >> 33) % below;
}

static Err open_made(void *self, const EntryRow *row, Values *ret_values)
{
    Made *made = self;
    made->looks++;
    *ret_values = made->opened[row - made->rows].values;
    return ok();
}

static char dates[DAYS][11];

static void make_dates(void)
{
    for (int i = 0; i < DAYS; i++) {
        Date date = date_from_day(day_from_date(today) - DAYS / 2 + i);
        snprintf(dates[i], sizeof dates[i], "%04d-%02u-%02u", (int)date.year, (unsigned)date.month, (unsigned)date.day);
    }
}

/* Dates are few and states change, so that ties, steps that are dealt with and meetings that are over all happen. */
static LogOpened a_version(Made *made, KindId kind)
{
    static const char *const digits[] = {"1", "2", "3", "4"};
    const char *date = dates[draw(made, DAYS)];

    switch ((unsigned)kind) {
    case KIND_LEVEL: return LEVEL(digits[draw(made, 3)]);
    case KIND_MEASURE: return MEASURE("Tiltak", date, digits[draw(made, 4)]);
    case KIND_MEETING: return MEETING("Møte", date);
    case KIND_CHILD: return CHILD(draw(made, 2) ? "Blid" : "Rolig");
    default: return entry(KIND_NOTE, "text", "Gikk fint", NULL, NULL, NULL, NULL);
    }
}

static void put_made(Made *made, uint32_t at, LogOpened opened)
{
    Id id = {.bytes = {(uint8_t)(at + 1)}};

    opened.entry = id;
    made->opened[at] = opened;
    made->rows[at] = (EntryRow){.id = id, .entry = id, .version = 1, .kind = (uint16_t)opened.values.kind->id,
                                .removed = opened.removed};
    made->count += at == made->count;
}

/* What changes next: a new entry, a correction, a removal; the child is the first and stays. */
static uint32_t a_change(Made *made, LogOpened *ret_after)
{
    static const KindId kinds[] = {KIND_NOTE, KIND_LEVEL, KIND_MEASURE, KIND_MEASURE, KIND_MEETING, KIND_MEETING};
    uint32_t at = made->count < ENTRIES && draw(made, 3) > 0 ? made->count : draw(made, made->count);
    bool is_new = at == made->count;
    KindId kind = is_new ? kinds[draw(made, COUNT_OF(kinds))] : made->opened[at].values.kind->id;

    *ret_after = a_version(made, kind);
    ret_after->entry = (Id){.bytes = {(uint8_t)(at + 1)}};
    ret_after->removed = !is_new && kind != KIND_CHILD && draw(made, 4) == 0;
    if (!is_new && made->opened[at].removed) /* what is removed stays so */
        *ret_after = made->opened[at];
    return at;
}

static void expect_same_header(const Values *one, const Values *other)
{
    for (unsigned i = 0; i < one->kind->count; i++)
        EXPECT(str_equal(one->text[i], other->text[i]));
}

/* One log after many changes: each renewed header is what all entries give. */
static void renew_all(Made *made, Arena *arena)
{
    Day day = day_from_date(today) - 10;
    Values header = {0};

    put_made(made, 0, CHILD("Blid"));
    EXPECT_OK(log_header_make(made->opened, 1, day, arena, &header));
    for (unsigned i = 0; i < 60; i++) {
        const EntryRows rows = {made->rows, made->count};
        LogNewest newest;
        Values renewed, whole;
        LogOpened after;

        uint32_t at = a_change(made, &after);
        EXPECT_OK(log_newest_make(&rows, arena, &newest));
        const LogHeaderChange change = {.before = &header, .entries = &newest, .after = after, .today = day, .open = open_made,
                                        .self = made};
        EXPECT_OK(log_header_renew(&change, arena, &renewed));
        put_made(made, at, after);
        EXPECT_OK(log_header_make(made->opened, made->count, day, arena, &whole));
        expect_same_header(&renewed, &whole);
        header = renewed;
        day += (Day)draw(made, 2);
    }
}

TEST(a_header_renewed_after_one_change_is_what_all_entries_give)
{
    make_dates();
    for (uint64_t seed = 1; seed <= 400; seed++) {
        TEST_ARENA(arena);
        Made made = {.random = seed};
        renew_all(&made, arena);
    }
}

TEST(a_note_opens_nothing_and_a_level_what_stands_before_it_only)
{
    TEST_ARENA(arena);
    Made made = {0};
    LogNewest newest;
    Values header, renewed;

    put_made(&made, 0, CHILD("Blid"));
    put_made(&made, 1, MEASURE("Lese høyt", "2026-11-01", "1"));
    put_made(&made, 2, LEVEL("1"));
    put_made(&made, 3, LEVEL("2"));
    EXPECT_OK(log_header_make(made.opened, made.count, day_from_date(today), arena, &header));
    const EntryRows rows = {made.rows, made.count};
    EXPECT_OK(log_newest_make(&rows, arena, &newest));
    LogHeaderChange change = {.before = &header, .entries = &newest, .today = day_from_date(today), .open = open_made, .self = &made};
    change.after = entry(KIND_NOTE, "text", "Gikk fint", NULL, NULL, NULL, NULL);
    change.after.entry = (Id){{9}};
    EXPECT_OK(log_header_renew(&change, arena, &renewed));
    EXPECT(made.looks == 0);
    expect_same_header(&header, &renewed);
    change.after = (LogOpened){.entry = {{4}}, .values.kind = kind_of(KIND_LEVEL), .removed = true};
    EXPECT_OK(log_header_renew(&change, arena, &renewed));
    EXPECT(made.looks == 1);
    EXPECT_STR(values_at(&renewed, HEADER_LEVEL), "1");
}

TEST(a_header_that_does_not_say_whose_its_step_is_is_looked_through_once)
{
    TEST_ARENA(arena);
    Made made = {0};
    LogNewest newest;
    Values header, renewed;

    put_made(&made, 0, CHILD("Blid"));
    put_made(&made, 1, MEASURE("Lese høyt", "2026-11-01", "1"));
    EXPECT_OK(log_header_make(made.opened, made.count, day_from_date(today), arena, &header));
    Values whole = header;
    values_put(&header, HEADER_NEXT_ENTRY, STR_NONE);
    const EntryRows rows = {made.rows, made.count};
    EXPECT_OK(log_newest_make(&rows, arena, &newest));
    LogHeaderChange change = {.before = &header, .entries = &newest, .today = day_from_date(today), .open = open_made, .self = &made};
    change.after = entry(KIND_NOTE, "text", "Gikk fint", NULL, NULL, NULL, NULL);
    change.after.entry = (Id){{9}};
    EXPECT_OK(log_header_renew(&change, arena, &renewed));
    EXPECT(made.looks == 1);
    expect_same_header(&whole, &renewed);
}

/* ---- dates ---- */

TEST(a_header_keeps_what_goes_on_and_meetings_without_minutes_in_the_order_of_their_days)
{
    LogOpened minutes = entry(KIND_MEETING, "agenda", "felles", "time", "2026-11-20T14:00", "summary", "Enige.");
    LogOpened removed = MEASURE("borte", "2026-12-02", "1");
    removed.removed = true;
    HEADER(header, CHILD("Blid"), MEASURE("sen", "2026-12-20", "1"), MEASURE("ferdig", "2026-12-01", "3"), removed, minutes,
           MEETING("gammelt", "2026-08-20T14:00"), MEETING("snart", "2026-11-30T14:00"));
    ClockDates kept = {0};

    EXPECT_OK(log_dates_read(&header, arena, &kept));
    EXPECT(kept.count == 2 && kept.items[0].start == START_OF_MEETING && kept.items[1].start == START_OF_DEADLINE);
    EXPECT(kept.items[1].day == day_from_date((Date){2026, 12, 20}));
}

TEST(a_header_of_before_dates_were_kept_is_looked_through_once_and_one_that_is_no_list_of_dates_is_not_ours)
{
    TEST_ARENA(arena);
    Made made = {0};
    LogNewest newest;
    Values header, renewed;
    ClockDates kept = {0};

    put_made(&made, 0, CHILD("Blid"));
    put_made(&made, 1, MEASURE("Lese høyt", "2026-11-01", "1"));
    put_made(&made, 2, MEETING("felles", "2026-12-01T14:00"));
    EXPECT_OK(log_header_make(made.opened, made.count, day_from_date(today), arena, &header));
    const Values whole = header;
    values_put(&header, HEADER_DATES, STR_NONE);
    EXPECT_OK(log_dates_read(&header, arena, &kept));
    EXPECT(kept.count == 0);
    const EntryRows rows = {made.rows, made.count};
    EXPECT_OK(log_newest_make(&rows, arena, &newest));
    LogHeaderChange change = {.before = &header, .entries = &newest, .today = day_from_date(today), .open = open_made, .self = &made};
    change.after = entry(KIND_NOTE, "text", "Gikk fint", NULL, NULL, NULL, NULL);
    change.after.entry = (Id){{9}};
    EXPECT_OK(log_header_renew(&change, arena, &renewed));
    EXPECT(made.looks == 2);
    expect_same_header(&whole, &renewed);
    made.looks = 0;
    change.before = &renewed;
    EXPECT_OK(log_header_renew(&change, arena, &header));
    EXPECT(made.looks == 0);
    values_put(&header, HEADER_DATES, STR("2026-12-01"));
    EXPECT_ERR(log_dates_read(&header, arena, &kept), E_FORGED);
}

RUN_TESTS("log_header")

#include "support/test.h"

#include "text/text.h"

#define DAY_MS INT64_C(86400000)
#define MONDAY day_from_date((Date){2026, 11, 23})

static Str content(const Buf *buf)
{
    Str text = STR("not done");

    EXPECT_OK(buf_done(buf, &text));
    return text;
}

static Str day_in(Arena *arena, enum language language, Day day)
{
    Buf buf = buf_new(arena, 256);

    text_weekday(&buf, language, day);
    return content(&buf);
}

static Str moment_of(Arena *arena, int64_t ms)
{
    Buf buf = buf_new(arena, 256);

    text_moment_iso(&buf, (Moment){ms});
    return content(&buf);
}

TEST(a_day_is_written_in_each_language)
{
    TEST_ARENA(arena);

    EXPECT_STR(day_in(arena, LANGUAGE_NB, MONDAY), "mandag 23.\u00a0november 2026");
    EXPECT_STR(day_in(arena, LANGUAGE_NN, MONDAY), "måndag 23.\u00a0november 2026");
    EXPECT_STR(day_in(arena, LANGUAGE_EN, MONDAY), "Monday 23\u00a0November 2026");
}

TEST(a_leap_day_is_written)
{
    TEST_ARENA(arena);

    EXPECT_STR(day_in(arena, LANGUAGE_NB, day_from_date((Date){2024, 2, 29})), "torsdag 29.\u00a0februar 2024");
}

TEST(a_day_before_1970_is_written_too)
{
    TEST_ARENA(arena);

    EXPECT_STR(day_in(arena, LANGUAGE_NB, day_from_date((Date){1970, 1, 1})), "torsdag 1.\u00a0januar 1970");
    EXPECT_STR(day_in(arena, LANGUAGE_NB, day_from_date((Date){1955, 5, 17})), "tirsdag 17.\u00a0mai 1955");
}

TEST(no_day_writes_nothing)
{
    TEST_ARENA(arena);

    EXPECT_STR(day_in(arena, LANGUAGE_NB, (Day)0), "");
}

TEST(norwegian_time_changes_at_one_utc_on_the_last_sunday_of_march_and_october)
{
    TEST_ARENA(arena);
    /* 2026-03-29 and 2026-10-25 */
    const int64_t spring = 20541 * DAY_MS + 3600000;
    const int64_t autumn = 20751 * DAY_MS + 3600000;

    EXPECT_STR(moment_of(arena, spring - 60000), "2026-03-29T01:59");
    EXPECT_STR(moment_of(arena, spring), "2026-03-29T03:00");
    EXPECT_STR(moment_of(arena, autumn - 60000), "2026-10-25T02:59");
    EXPECT_STR(moment_of(arena, autumn), "2026-10-25T02:00");
}

TEST(a_moment_late_in_the_evening_utc_is_the_next_day_in_norway)
{
    EXPECT(oslo_day(20780 * DAY_MS + 23 * INT64_C(3600000)) == MONDAY + 1);
    EXPECT(oslo_day(20780 * DAY_MS + 22 * INT64_C(3600000)) == MONDAY);
}

TEST(a_message_takes_its_arguments_and_counts_in_words)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, 256);
    MsgArgument one = {.name = STR("days"), .type = ARGUMENT_NUMBER, .number = 1};
    MsgArgument four = {.name = STR("days"), .type = ARGUMENT_NUMBER, .number = 4};

    msg_write(&buf, LANGUAGE_NB, MSG_DUE_LEFT, &one, 1);
    buf_add(&buf, STR(", "));
    msg_write(&buf, LANGUAGE_NN, MSG_DUE_LEFT, &four, 1);
    EXPECT_STR(content(&buf), "1 dag igjen, 4 dagar att");
}

TEST(every_key_is_found_by_its_name_and_no_other)
{
    for (int i = 0; i < MSG_COUNT; i++) {
        enum msg found = MSG_COUNT;
        EXPECT(msg_find(msg_key((enum msg)i), &found) && found == (enum msg)i);
    }
    enum msg none;
    EXPECT(!msg_find(STR("no.such.key"), &none));
    EXPECT(!msg_find(STR(""), &none));
    EXPECT_STR(msg_by_key(LANGUAGE_NB, STR("no.such.key")), "no.such.key");
}

TEST(every_message_has_a_text_in_every_language)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int i = 0; i < MSG_COUNT; i++)
            EXPECT(msg((enum language)language, (enum msg)i).length > 0);
}

TEST(a_language_is_known_by_its_tag_only)
{
    enum language language = LANGUAGE_COUNT;

    EXPECT_ERR(language_from_tag(STR("NB"), &language), E_MALFORMED);
    EXPECT_ERR(language_from_tag(STR("nb-NO"), &language), E_MALFORMED);
    EXPECT(language == LANGUAGE_COUNT);
    EXPECT_OK(language_from_tag(STR("nn"), &language));
    EXPECT(language == LANGUAGE_NN);
}

RUN_TESTS("text")

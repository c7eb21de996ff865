/* The rules of signing in at their edges.
 * Must not hold a password that anybody uses.
 * Run by meson test. */
#include "support/test.h"

#include "domain/signin.h"

#define MINUTE ((int64_t)60 * 1000)
#define HOUR (60 * MINUTE)
#define START ((int64_t)1000 * HOUR)

static bool good(const char *password, const char *user_name)
{
    return signin_password_good(str_from_c(password), str_from_c(user_name));
}

static bool alive(Role role, int64_t touched_at, int64_t now)
{
    SessionTimes times = {.created_at = START, .touched_at = touched_at, .ends_at = START + SESSION_WHOLE_MS};
    return signin_session_alive(times, role, now);
}

TEST(a_password_of_fourteen_code_points_is_refused_and_one_of_fifteen_is_not)
{
    EXPECT(!good("tvmqxrkzhbwnpl", ""));
    EXPECT(good("tvmqxrkzhbwnplj", ""));
}

TEST(code_points_are_counted_not_bytes)
{
    EXPECT(!good("æøåæøåtvmqxrkz", ""));
    EXPECT(good("æøåæøåtvmqxrkzh", ""));
}

TEST(a_password_over_128_code_points_or_not_utf8_is_refused)
{
    TEST_ARENA(arena);
    Buf text = buf_new(arena, 4096);
    Str longest = STR_NONE;

    for (int i = 0; i < 64; i++)
        buf_format(&text, "%c%c", 'a' + i % 23, 'z' - i % 19);
    EXPECT_OK(buf_done(&text, &longest));
    EXPECT(signin_password_good(longest, STR_NONE));
    buf_add_char(&text, 'x');
    EXPECT_OK(buf_done(&text, &longest));
    EXPECT(!signin_password_good(longest, STR_NONE));
    EXPECT(!good("tvmqxrkzhbwnplj\xFF", ""));
}

TEST(common_passphrases_are_refused_however_they_are_dressed)
{
    EXPECT(!good("correct horse battery staple", ""));
    EXPECT(!good("Correct-Horse-Battery-Staple!1", ""));
    EXPECT(!good("passordpassord1234", ""));
    EXPECT(!good("StafettLogg stafettlogg 2026", ""));
    EXPECT(!good("123456789012345", ""));
}

TEST(repetitions_of_a_short_piece_are_refused)
{
    EXPECT(!good("aaaaaaaaaaaaaaaaaaaa", ""));
    EXPECT(!good("xyz-xyz-xyz-xyz-xyz", ""));
}

TEST(the_own_user_name_does_not_count)
{
    EXPECT(!good("ingeborgtest.ingeborgtest", "ingeborgtest@example.test"));
    EXPECT(good("ingeborgtest vmqxrkzhb", "ingeborgtest@example.test"));
}

TEST(a_long_sentence_of_ones_own_is_accepted)
{
    EXPECT(good("fire blå elger spiser vafler", "ida@example.test"));
}

static const char *group(const char *address, char ret_text[static SIGNIN_GROUP_TEXT])
{
    signin_address_group(str_from_c(address), ret_text);
    return ret_text;
}

TEST(addresses_of_one_subscriber_are_one)
{
    char text[SIGNIN_GROUP_TEXT];

    EXPECT_STR(str_from_c(group("192.0.2.1", text)), "192.0.2.1");
    EXPECT_STR(str_from_c(group("2001:db8:0:7:1:2:3:4", text)), "2001:db8:0:7");
    EXPECT_STR(str_from_c(group("2001:db8:0:7::9", text)), "2001:db8:0:7");
    EXPECT_STR(str_from_c(group("2001:db8::9", text)), "2001:db8:0:0");
    EXPECT_STR(str_from_c(group("2001:db8::7:1:2:3:4", text)), "2001:db8:0:7");
    EXPECT_STR(str_from_c(group("2001::8:7:1:2:3:4", text)), "2001:0:8:7");
    EXPECT_STR(str_from_c(group("::1", text)), "0:0:0:0");
    EXPECT_STR(str_from_c(group("::ffff:192.0.2.1", text)), "::ffff:192.0.2.1");
}

TEST(an_address_text_of_any_kind_stays_in_its_room)
{
    char text[SIGNIN_GROUP_TEXT];

    EXPECT_STR(str_from_c(group("", text)), "");
    EXPECT(strlen(group("11111111111111111111111111111111111111111111111111111111111111111111111111", text)) < sizeof text);
    EXPECT(strlen(group("1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:1:2:3:4:5:6:7:8:9", text)) < sizeof text);
    EXPECT(strlen(group("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb::", text)) < sizeof text);
    EXPECT(strlen(group("::::::::::::::::", text)) < sizeof text);
}

TEST(a_house_of_many_people_waits_later_than_one_account_and_at_most_a_minute)
{
    EXPECT(signin_address_wait(20) == 0);
    EXPECT(signin_address_wait(21) == 1000);
    EXPECT(signin_address_wait(22) == 2000);
    EXPECT(signin_address_wait(UINT32_MAX) == ADDRESS_MAX_MS);
}

TEST(waiting_begins_after_the_fourth_failure_doubles_and_never_passes_five_minutes)
{
    EXPECT(signin_wait(0) == 0);
    EXPECT(signin_wait(4) == 0);
    EXPECT(signin_wait(5) == 1000);
    EXPECT(signin_wait(6) == 2000);
    EXPECT(signin_wait(14) == BACKOFF_MAX_MS);
    EXPECT(signin_wait(UINT32_MAX) == BACKOFF_MAX_MS);
    for (uint32_t failures = 1; failures < 100; failures++)
        EXPECT(signin_wait(failures) >= signin_wait(failures - 1));
}

TEST(staff_are_signed_out_after_fifteen_idle_minutes_and_family_after_thirty)
{
    EXPECT(!alive(ROLE_RELAY_HOLDER, START, START + 15 * MINUTE));
    EXPECT(alive(ROLE_RELAY_HOLDER, START, START + 15 * MINUTE - 1));
    EXPECT(!alive(ROLE_GUARDIAN, START, START + 30 * MINUTE));
    EXPECT(alive(ROLE_GUARDIAN, START, START + 30 * MINUTE - 1));
    EXPECT(alive(ROLE_CHILD, START, START + 20 * MINUTE));
}

TEST(a_session_without_a_role_is_idle_as_early_as_staff)
{
    EXPECT(!alive(ROLE_NONE, START, START + 15 * MINUTE));
}

TEST(a_session_ends_a_little_before_eight_hours_however_busy_it_is)
{
    EXPECT(alive(ROLE_GUARDIAN, START + SESSION_WHOLE_MS - MINUTE, START + SESSION_WHOLE_MS - 1));
    EXPECT(!alive(ROLE_GUARDIAN, START + SESSION_WHOLE_MS - MINUTE, START + SESSION_WHOLE_MS));
}

TEST(a_clock_before_the_session_is_no_session)
{
    EXPECT(!alive(ROLE_GUARDIAN, START, START - 1));
    EXPECT(!alive(ROLE_GUARDIAN, START + HOUR, START + HOUR - 1));
}

TEST(a_touch_is_due_once_a_minute)
{
    SessionTimes times = {.created_at = START, .touched_at = START, .ends_at = START + HOUR};
    EXPECT(!signin_session_touch_due(times, START + MINUTE - 1));
    EXPECT(signin_session_touch_due(times, START + MINUTE));
}

static Err name_of(Arena *arena, const char *typed, Str *ret_name)
{
    return signin_name(str_from_c(typed), arena, ret_name);
}

TEST(a_name_of_digits_with_a_space_or_with_nothing_that_shows_is_none)
{
    TEST_ARENA(arena);
    static const char *const none[] = {"", " ", "15828510085", "158285 10085", "15828-510085", "\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x93", "kari nordmann",
                                       "kari\xC2\xA0nordmann", "\xE2\x80\x8B"};
    Str name = STR_NONE;

    for (size_t i = 0; i < COUNT_OF(none); i++)
        EXPECT_ERR(name_of(arena, none[i], &name), E_INVALID);
}

TEST(names_that_are_read_alike_are_one_name)
{
    TEST_ARENA(arena);
    static const char *const alike[] = {"\xC3\x85se.Berg", " \xC3\xA5se.berg ", "A\xCC\x8ASE.BERG", "\xC3\xA5se.\xE2\x80\x8B" "berg",
                                        "\xC3\xA5se\xEF\xBC\x8E" "berg", "\xE2\x84\xABse.berg"};
    Str name = STR_NONE;

    for (size_t i = 0; i < COUNT_OF(alike); i++) {
        EXPECT_OK(name_of(arena, alike[i], &name));
        EXPECT_STR(name, "\xC3\xA5se.berg");
    }
}

RUN_TESTS("signin")

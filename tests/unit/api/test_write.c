#include "support/test.h"

#include "api/write.h"
#include "domain/acts.h"
#include "domain/roles.h"
#include "domain/states.h"

#define NUMBER "14851650181"

static bool holds(Str text, const char *part)
{
    size_t length = strlen(part);

    for (size_t i = 0; i + length <= text.length; i++)
        if (str_starts(str_slice(text, i, SIZE_MAX), str_from_c(part)))
            return true;
    return false;
}

static Values child(void)
{
    Values values = {.kind = kind_of(KIND_CHILD)};

    values.text[kind_find(values.kind, STR("name"))] = STR("Blid Bjørk");
    values.text[kind_find(values.kind, STR("national_id"))] = STR(NUMBER);
    return values;
}

TEST(a_log_never_tells_the_childs_number)
{
    TEST_ARENA(arena);
    const LogEntry entries[] = {{.version = 1, .values = child(), .author_role = ROLE_RELAY_HOLDER}};
    const LogView log = {.summary = {.state = STATE_ACTIVE, .next_due = -1}, .child = child(), .entries = entries, .entry_count = 1};
    Str body;

    EXPECT_OK(write_log(&log, arena, &body));
    EXPECT(!holds(body, NUMBER) && !holds(body, "national_id"));
    EXPECT(holds(body, "\"child\":{\"kind\":\"child\",\"name\":\"Blid Bj\xc3\xb8rk\"}") && holds(body, "\"entries\":[]"));
}

TEST(a_history_never_tells_the_childs_number)
{
    TEST_ARENA(arena);
    const LogEntry entries[] = {{.version = 1, .values = child(), .author_role = ROLE_RELAY_HOLDER}};
    Str body;

    EXPECT_OK(write_history(entries, 1, arena, &body));
    EXPECT(!holds(body, NUMBER) && !holds(body, "national_id"));
}

TEST(a_stub_tells_number_state_and_unit_only)
{
    TEST_ARENA(arena);
    const LogView log = {.summary = {.display = 42, .state = STATE_PASSIVE, .stub = true, .unit_name = STR("Solbakken skole"),
                                     .child_name = STR("Blid Bjørk"), .level = 2, .next_due = 1}};
    Str body;

    EXPECT_OK(write_log(&log, arena, &body));
    EXPECT_STR(body, "{\"id\":\"00000000000000000000000000000000\",\"number\":\"00000042\",\"state\":\"passive\",\"stub\":true,"
                     "\"unit\":\"Solbakken skole\"}");
}

TEST(units_that_have_no_name_in_the_view_are_not_named)
{
    TEST_ARENA(arena);
    const Str names[] = {STR_NONE, STR("Helsestasjonen")};
    const LogConsent consents[] = {{.values = {.kind = kind_of(KIND_CONSENT)}, .unit_names = names, .unit_count = 2}};
    const LogView log = {.summary = {.state = STATE_ACTIVE, .next_due = -1}, .child = child(), .consents = consents,
                         .consent_count = 1};
    Str body;

    EXPECT_OK(write_log(&log, arena, &body));
    EXPECT(holds(body, "\"units\":[\"Helsestasjonen\"]"));
}

TEST(a_consent_whose_giver_left_is_told_as_such_and_not_as_withdrawn)
{
    TEST_ARENA(arena);
    const LogConsent consents[] = {{.values = {.kind = kind_of(KIND_CONSENT)}, .left = true},
                                   {.values = {.kind = kind_of(KIND_CONSENT)}, .withdrawn = true}};
    const LogView log = {.summary = {.state = STATE_ACTIVE, .next_due = -1}, .child = child(), .consents = consents,
                         .consent_count = 2};
    Str body;

    EXPECT_OK(write_log(&log, arena, &body));
    EXPECT(holds(body, "{\"withdrawn\":false,\"left\":true,\"units\":[]},{\"withdrawn\":true,\"left\":false,\"units\":[]}"));
}

TEST(a_removed_entry_tells_why_and_not_what)
{
    TEST_ARENA(arena);
    LogEntry entry = {.version = 2, .values = child(), .author_role = ROLE_RELAY_HOLDER, .removed = true, .reason = STR("Feil barn")};
    Str body;

    EXPECT_OK(write_history(&entry, 1, arena, &body));
    EXPECT(holds(body, "\"removed\":true,\"reason\":\"Feil barn\"}") && !holds(body, "values") && !holds(body, "Blid"));
}

TEST(times_are_utc_with_their_second)
{
    TEST_ARENA(arena);
    const Seen seen[] = {{.at = INT64_C(1795266309123), .role = ROLE_GUARDIAN, .act = ACT_LOG_READ}};
    Str body;

    EXPECT_OK(write_seen(&(LogSeen){.items = seen, .count = 1}, arena, &body));
    EXPECT(holds(body, "\"at\":\"2026-11-21T13:05:09Z\""));
    EXPECT(!holds(body, "before"));
}

TEST(text_from_people_stays_text)
{
    TEST_ARENA(arena);
    const LogSummary logs[] = {{.state = STATE_ACTIVE, .child_name = STR("\"<b>\\\n"), .next_due = -1, .relation = ROLE_ACTOR}};
    Str body;

    EXPECT_OK(write_logs(&(LogSummaries){.items = logs, .count = 1}, arena, &body));
    EXPECT(holds(body, "\"child_name\":\"\\\"\\u003cb\\u003e\\\\\\n\""));
}

RUN_TESTS("api write")

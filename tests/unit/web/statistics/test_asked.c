/* What an address may ask of the statistics: refusals first.
 * Run by meson test. */
#include "support/test.h"

#include "gateway/form.h"
#include "web/statistics/asked.h"

#define OWN 1
static const StatisticsUnit units[] = {
    {.id = {{1}}, .name = STR("Bjørkelia skole")}, {.id = {{2}}, .name = STR("Tindlia skole")}, {.id = {{3}}, .name = STR("Nordvær PPT")}};

/* Two whole years and half of a third. */
static StatisticsRead published(int own)
{
    StatisticsRead read = {.published = true, .units = units, .unit_count = COUNT_OF(units), .own = own};

    EXPECT_OK(counted_grow(&read.counted, NULL, &read.counted));
    read.cubes[0].dims = (CubeDims){.family = CUBE_ATTENTIONS, .organisations = 3, .categories = 20, .levels = 3, .first = 2023 * 4, .last = 2025 * 4 + 1};
    read.cubes[1].dims = (CubeDims){.family = CUBE_MEASURES, .organisations = 3, .categories = 15, .levels = 7, .attentions = 21,
                                    .first = 2023 * 4, .last = 2025 * 4 + 1};
    return read;
}

static Call call_of(Arena *arena, Role role, Str query)
{
    Call call = {.arena = arena, .actor = {.role = role}};

    EXPECT_OK(query_parse(query, arena, &call.query));
    return call;
}

static Asked asked_of(Arena *arena, Role role, Str query)
{
    const StatisticsRead read = published(role == ROLE_ORG_MANAGER ? OWN : -1);
    const Call call = call_of(arena, role, query);
    Asked asked = {0};

    EXPECT_OK(statistics_asked(&call, &read, &asked));
    return asked;
}

static Asked asked(Arena *arena, Role role, const char *query)
{
    return asked_of(arena, role, str_from_c(query));
}

/* The only fault of an administrator's question is about this filter. */
static bool is_refused_of(Arena *arena, Role role, Str query, const char *field)
{
    const Asked it = asked_of(arena, role, query);

    return it.fault_count == 1 && str_equal(str_from_c(it.faults[0].field), str_from_c(field));
}

static bool is_refused(Arena *arena, Role role, const char *query, const char *field)
{
    return is_refused_of(arena, role, str_from_c(query), field);
}

TEST(a_value_that_is_on_no_list_is_a_fault_of_its_filter_alone)
{
    TEST_ARENA(arena);
    static const char *const periods[] = {"2022", "2025", "2026-1", "2025-3", "2024-5", "2024-0", "2024-", "2024-11", "024", "20240", "ALL", "2024-1x"};
    static const char *const bys[] = {"x", "unit-", "unit-1", "severity-4", "severity-0", "outcome", "attention-10", "severity-02", "-1", "whole-1"};

    for (size_t i = 0; i < COUNT_OF(periods); i++) {
        Str query = STR_NONE;
        EXPECT_OK(str_format(arena, &query, "period=%s", periods[i]));
        EXPECT(is_refused_of(arena, ROLE_MUNICIPALITY_ADMIN, query, ASKED_PERIOD));
    }
    for (size_t i = 0; i < COUNT_OF(bys); i++) {
        Str query = STR_NONE;
        EXPECT_OK(str_format(arena, &query, "by=%s", bys[i]));
        EXPECT(is_refused_of(arena, ROLE_MUNICIPALITY_ADMIN, query, ASKED_BY));
    }
    EXPECT(is_refused(arena, ROLE_MUNICIPALITY_ADMIN, "category=7", ASKED_CATEGORY));
    EXPECT(is_refused(arena, ROLE_MUNICIPALITY_ADMIN, "category=0", ASKED_CATEGORY));
    EXPECT(is_refused(arena, ROLE_MUNICIPALITY_ADMIN, "view=logs", ASKED_VIEW));
    EXPECT(is_refused(arena, ROLE_MUNICIPALITY_ADMIN, "view=outcomes&period=2024-2", ASKED_PERIOD));
    EXPECT(is_refused(arena, ROLE_MUNICIPALITY_ADMIN, "view=outcomes&by=unit", ASKED_BY));
}

TEST(another_unit_is_for_a_manager_a_value_that_does_not_exist)
{
    TEST_ARENA(arena);
    static const char other[] = "by=unit-01000000000000000000000000000000", absent[] = "by=unit-09000000000000000000000000000000";
    static const char own[] = "by=unit-02000000000000000000000000000000";

    EXPECT(is_refused(arena, ROLE_ORG_MANAGER, other, ASKED_BY) && is_refused(arena, ROLE_ORG_MANAGER, absent, ASKED_BY));
    EXPECT(is_refused(arena, ROLE_ORG_MANAGER, "by=unit", ASKED_BY));
    EXPECT(asked(arena, ROLE_ORG_MANAGER, own).question.place.value == OWN + 1);
    EXPECT(asked(arena, ROLE_MUNICIPALITY_ADMIN, other).question.place.value == 1);
}

TEST(what_is_right_stays_beside_what_is_wrong)
{
    TEST_ARENA(arena);
    const Asked it = asked(arena, ROLE_MUNICIPALITY_ADMIN, "view=measures&category=51&period=1999&by=outcome-0");

    EXPECT(it.fault_count == 1 && it.question.view == FIGURES_MEASURES && it.question.place.category == 12);
    EXPECT(it.question.place.by == FIGURES_BY_OUTCOME && it.question.place.value == 7);
}

TEST(without_filters_an_administrator_sees_the_municipality_and_a_manager_their_unit_beside_it)
{
    TEST_ARENA(arena);
    const FiguresQuestion whole = asked(arena, ROLE_MUNICIPALITY_ADMIN, "").question, beside = asked(arena, ROLE_ORG_MANAGER, "").question;
    const FiguresQuestion alone = asked(arena, ROLE_ORG_MANAGER, "by=whole").question;

    EXPECT(whole.place.year == 2024 && whole.place.quarter == 0 && whole.place.value == 0 && !whole.beside);
    EXPECT(beside.beside && beside.place.by == FIGURES_BY_UNIT && beside.place.value == OWN + 1);
    EXPECT(!alone.beside && alone.place.value == 0);
    EXPECT(!asked(arena, ROLE_ORG_MANAGER, "view=outcomes").question.beside);
}

TEST(a_question_that_is_written_into_an_address_is_the_same_when_it_is_read)
{
    TEST_ARENA(arena);
    static const char *const queries[] = {
        "view=attentions", "view=attentions&category=99&period=2025-2", "view=attentions&period=all&by=severity", "view=measures&by=attention-0",
        "view=measures&period=2023&by=unit-03000000000000000000000000000000", "view=measures&by=outcome-3&category=10", "view=outcomes&period=2023",
        "view=attentions&by=unit"};
    const StatisticsRead read = published(-1);

    for (size_t i = 0; i < COUNT_OF(queries); i++) {
        const Call call = call_of(arena, ROLE_MUNICIPALITY_ADMIN, str_from_c(queries[i]));
        const FiguresQuestion question = asked(arena, ROLE_MUNICIPALITY_ADMIN, queries[i]).question;
        Str query = STR_NONE;
        EXPECT_OK(asked_query(&call, &read, &question, &query));
        const FiguresQuestion again = asked_of(arena, ROLE_MUNICIPALITY_ADMIN, str_slice(query, 1, query.length)).question;
        EXPECT(again.view == question.view && again.each == question.each && again.beside == question.beside);
        EXPECT(memcmp(&again.place, &question.place, sizeof again.place) == 0);
    }
}

TEST(another_subject_keeps_what_it_has_too)
{
    TEST_ARENA(arena);
    const StatisticsRead read = published(-1);
    const FiguresQuestion quarter = asked(arena, ROLE_MUNICIPALITY_ADMIN, "period=2025-2&category=50").question;
    const FiguresQuestion of_2024 = asked(arena, ROLE_MUNICIPALITY_ADMIN, "view=measures&period=2024-2&category=51").question;
    const FiguresQuestion outcomes = asked_in_view(&read, &quarter, FIGURES_OUTCOMES), kept = asked_in_view(&read, &of_2024, FIGURES_OUTCOMES);

    EXPECT(outcomes.place.year == 0 && outcomes.place.quarter == 0 && outcomes.place.category == 0);
    EXPECT(kept.place.year == 2024 && kept.place.quarter == 0 && kept.place.category == 12);
}

RUN_TESTS("what is asked of the statistics")

/* A seeded municipality: refused in production, the same for the same seed, and found as it was written.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "support/test.h"

#include <stdio.h>

#include "service/seed/effects.h"
#include "service/seed/seed.h"
#include "service/seed/story.h"
#include "service/seed/words.h"
#include "support/fixture.h"

#define FIXTURE(name)                     \
    AUTO(fixture_end) Fixture name = {0}; \
    fixture_begin(&name)

static SeedPlan plan_of(Fixture *fixture, Str number, uint32_t logs)
{
    int64_t now = 0;

    EXPECT_OK(world_now(fixture->service.world, &now));
    return (SeedPlan){.seed = 7, .number = number, .name = STR("Målevik"), .logs = logs, .units = 6, .years = 3,
                      .entries_min = 5, .entries_max = 20, .until = oslo_day(now)};
}

static bool is_here(Fixture *fixture, Str number)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    MunicipalityRow row = {0};

    EXPECT_OK(store_read(store_host(fixture->service.stores), &tx));
    return is_ok(store_municipality_by_number(tx, number, fixture->arena, &row));
}

static Err nothing_to_say(void *self, uint32_t logs, uint32_t of)
{
    (void)self, (void)logs, (void)of;
    return ok();
}

static Err stop_at_once(void *self, uint32_t logs, uint32_t of)
{
    (void)self, (void)logs, (void)of;
    return fail(E_STOPPED);
}

static Err run(Fixture *fixture, const SeedPlan *plan, SeedReport *ret_report)
{
    const SeedWatch watch = {.progress = nothing_to_say};

    return seed_run(&fixture->service, plan, &watch, fixture->arena, ret_report);
}

TEST(production_is_never_seeded)
{
    FIXTURE(fixture);
    SeedPlan plan = plan_of(&fixture, STR("9902"), 3);
    SeedReport report;

    fixture.service.mode = MODE_PRODUCTION;
    EXPECT(run(&fixture, &plan, &report).id == E_MODE);
    EXPECT(!is_here(&fixture, STR("9902")));
}

/* The longest log begins on its first day. */
TEST(a_plan_may_begin_on_any_day_of_the_week)
{
    FIXTURE(fixture);
    char number[5];

    for (unsigned day = 0; day < 7; day++) {
        SeedReport report;
        snprintf(number, sizeof number, "99%02u", day + 2);
        SeedPlan plan = plan_of(&fixture, str_from_c(number), 1);
        plan.until -= (Day)day;
        plan.longest = 20;
        EXPECT_OK(run(&fixture, &plan, &report));
    }
}

TEST(a_plan_beyond_its_bounds_is_refused_before_anything_is_made)
{
    FIXTURE(fixture);
    SeedReport report;
    SeedPlan good = plan_of(&fixture, STR("9902"), 3), none = good, alone = good, turned = good, endless = good;

    none.logs = 0;
    alone.units = 1;
    turned.entries_max = turned.entries_min - 1;
    endless.longest = SEED_LONG_MAX + 1;
    EXPECT(run(&fixture, &none, &report).id == E_RANGE);
    EXPECT(run(&fixture, &alone, &report).id == E_RANGE);
    EXPECT(run(&fixture, &turned, &report).id == E_RANGE);
    EXPECT(run(&fixture, &endless, &report).id == E_RANGE);
    EXPECT(!is_here(&fixture, STR("9902")));
}

TEST(a_municipality_that_is_here_is_not_added_to)
{
    FIXTURE(fixture);
    SeedPlan plan = plan_of(&fixture, STR("9902"), 3);
    SeedReport report;

    EXPECT_OK(run(&fixture, &plan, &report));
    EXPECT(report.logs == 3 && report.shown_count == 3 && report.entries >= 15);
    EXPECT(run(&fixture, &plan, &report).id == E_DUPLICATE);
}

TEST(a_run_that_is_stopped_leaves_whole_logs)
{
    FIXTURE(fixture);
    SeedPlan plan = plan_of(&fixture, STR("9902"), 70);
    const SeedWatch watch = {.progress = stop_at_once};
    SeedReport report = {0};
    uint32_t counts[8] = {0}, logs = 0;
    Store *store = NULL;

    EXPECT(seed_run(&fixture.service, &plan, &watch, fixture.arena, &report).id == E_STOPPED);
    EXPECT_OK(store_of(fixture.service.stores, report.tenant, &store));
    AUTO(store_read_endp) Tx *tx = NULL;
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_logs_count(tx, (Id){0}, counts));
    for (size_t i = 0; i < COUNT_OF(counts); i++)
        logs += counts[i];
    EXPECT(logs == report.logs && logs > 0 && logs < 70);
}

/* ---- the same seed ---- */

static void story(Fixture *fixture, const SeedTown *town, uint32_t place, SeedLog *ret_log)
{
    *ret_log = (SeedLog){0};
    EXPECT_OK(seed_story(town, place, fixture->arena, ret_log));
}

static void expect_same(const SeedLog *one, const SeedLog *other)
{
    EXPECT(id_equal(one->log.id, other->log.id) && one->entry_count == other->entry_count);
    EXPECT(one->line_count == other->line_count && one->log.last_activity_at == other->log.last_activity_at);
    for (uint32_t i = 0; i < one->entry_count; i++)
        EXPECT(id_equal(one->entries[i].id, other->entries[i].id) && one->entries[i].at == other->entries[i].at);
    for (uint32_t i = 0; i < one->opened_count; i++)
        EXPECT(values_diff(&one->opened[i].values, &other->opened[i].values) == 0);
}

TEST(one_seed_tells_one_story_and_another_seed_another)
{
    FIXTURE(fixture);
    SeedPlan plan = plan_of(&fixture, STR("9902"), 40);
    AUTO(seed_log_wipe) SeedLog one = {0}, again = {0}, other = {0};
    SeedTown town;

    EXPECT_OK(seed_town_make(&fixture.service, &plan, fixture.arena, &town));
    for (uint32_t place = 0; place < 10; place++) {
        story(&fixture, &town, place, &one);
        story(&fixture, &town, place, &again);
        expect_same(&one, &again);
    }
    plan.seed = 8;
    story(&fixture, &town, 9, &other);
    EXPECT(!id_equal(one.log.id, other.log.id));
    EXPECT_OK(seed_town_leave(&town));
}

TEST(nobody_writes_before_they_could_or_after_the_last_day)
{
    FIXTURE(fixture);
    SeedPlan plan = plan_of(&fixture, STR("9902"), 40);
    AUTO(seed_log_wipe) SeedLog log = {0};
    SeedTown town;

    EXPECT_OK(seed_town_make(&fixture.service, &plan, fixture.arena, &town));
    for (uint32_t place = 0; place < 40; place++) {
        int64_t before = oslo_time(seed_plan_start(&plan), 0) - 1;
        story(&fixture, &town, place, &log);
        EXPECT(log.written >= 5 && log.written <= 20);
        for (uint32_t i = 0; i < log.line_count; i++) {
            EXPECT(log.lines[i].line.at > before && log.lines[i].line.at < oslo_time(plan.until, 0));
            before = log.lines[i].line.at;
        }
    }
    EXPECT_OK(seed_town_leave(&town));
}

/* ---- what statistics will find ---- */

TEST(the_outcomes_of_each_measure_are_a_hundred_percent)
{
    Codes codes = codes_of(CODES_MEASURE);

    for (uint32_t i = 0; i < codes.count; i++) {
        const uint8_t *percent = seed_effects(codes.items[i]);
        unsigned sum = 0;
        EXPECT(percent != NULL && seed_measure_text(codes.items[i]).length > 0);
        for (unsigned outcome = 0; outcome < SEED_OUTCOMES; outcome++)
            sum += percent[outcome];
        EXPECT(sum == 100);
    }
}

TEST(every_code_has_its_words)
{
    Codes attentions = codes_of(CODES_ATTENTION), outcomes = codes_of(CODES_OUTCOME);

    for (uint32_t i = 0; i < attentions.count; i++)
        EXPECT(seed_attention_text(attentions.items[i]).length > 0);
    for (uint32_t i = 0; i < outcomes.count; i++)
        EXPECT(seed_outcome_text(outcomes.items[i]).length > 0);
}

/* Ten thousand draws: three standard deviations are below a percent and a half. */
TEST(the_outcomes_drawn_for_two_measures_differ_as_the_table_says)
{
    static const uint16_t measures[] = {12, 51};
    SeedRandom random = seed_random(1, 2);

    for (size_t i = 0; i < COUNT_OF(measures); i++) {
        uint32_t counts[SEED_OUTCOMES] = {0};
        for (unsigned n = 0; n < 10000; n++)
            counts[seed_outcome(&random, measures[i]) - 1]++;
        for (unsigned outcome = 0; outcome < SEED_OUTCOMES; outcome++) {
            int away = (int)counts[outcome] - 100 * seed_effects(measures[i])[outcome];
            EXPECT(away > -150 && away < 150);
        }
    }
}

TEST(ids_of_a_seeded_world_grow_and_differ)
{
    SeedWorld world;
    Id before = {{0}}, id;

    seed_world_begin(&world, NULL, seed_random(3, 4), 5, 0);
    for (unsigned i = 0; i < 1000; i++) {
        EXPECT_OK(world_id(&world.world, &id));
        EXPECT(str_compare(id_bytes(&id), id_bytes(&before)) > 0);
        before = id;
    }
}

RUN_TESTS("seed")

/* What each use case costs: statements, messages to the key agent, audit lines, commits; held by tests/golden/costs.txt.
 * Must not measure time. UPDATE_GOLDEN=1 writes the file anew; COSTS_DETAIL=1 tells each statement.
 * Run by meson test. */
#include "costs.h"

#include "service/jobs/jobs.h"
#include "service/reading/inbox.h"
#include "support/golden.h"

#define X(id, parameters, columns, sql) [SQL_##id] = #id,
static const char *const statement_names[] = {STATEMENTS};
#undef X

const struct Driver *costs_driver(void)
{
    return counting_driver();
}

void costs_begin(Row *row, const Service *service, Store *store)
{
    row->commits = store_commits(store);
    cost_begin(&row->cost, service->keys);
}

void costs_end(Row *row, const Service *service, Store *store, const char *name, Buf *buf)
{
    cost_end(&row->cost, service->keys);
    row->commits = store_commits(store) - row->commits;
    buf_format(buf, "%-28s %10u %8u %5u %7u\n", name, cost_statements(&row->cost), (unsigned)row->cost.messages,
               row->cost.statements[SQL_AUDIT_INSERT], (unsigned)row->commits);
    for (size_t i = 0; getenv("COSTS_DETAIL") && i < SQL_COUNT; i++)
        if (row->cost.statements[i] > 0)
            fprintf(stderr, "%s: %u %s\n", name, row->cost.statements[i], statement_names[i]);
}

/* ---- what serve does by itself ---- */

#define NIGHT_MS (INT64_C(100) * 86400000) /* a log that nobody has written in is asked about by then */

static Err later_now(void *self, int64_t *ret_now)
{
    const Scene *scene = self;

    TRY(world_now(&scene->town.agent.world, ret_now));
    *ret_now += NIGHT_MS;
    return ok();
}

static Err later_random(void *self, void *ret_bytes, size_t length)
{
    const Scene *scene = self;

    return world_random(&scene->town.agent.world, ret_bytes, length);
}

static void run_night(Scene *scene)
{
    const JobOrder order = {.job = JOB_LIFE, .tenant = scene->town.tenant};
    JobCounts counts = {0};
    enum JobEnd end;

    EXPECT_OK(job_run(&scene->town.service, &order, &end, &counts));
    EXPECT(end == JOB_DONE || end == JOB_NOT_DUE);
}

static void run_notices(Scene *scene)
{
    InboxItems items = {0};
    EXPECT_OK(inbox_read(&(LogReader){&scene->town.service, &scene->holder, scene->town.arena}, (InboxBefore){0}, &items));
}

static void run_notices_read(Scene *scene)
{
    EXPECT_OK(inbox_mark(&scene->holder));
}

static const struct {
    const char *name;
    void (*run)(Scene *scene);
} by_itself[] = {
    {"a night, one log is due", run_night}, {"a night that was done", run_night}, {"notices", run_notices},
    {"notices read", run_notices_read},
};

static void count_night(Buf *buf)
{
    Scene scene = {.town.driver = counting_driver()};
    const World later = {.self = &scene, .now = later_now, .random = later_random};

    set_scene(&scene);
    scene.town.service.world = &later;
    EXPECT_OK(keys_clock_advance(scene.town.agent.keys, NIGHT_MS));
    scene.town.now += NIGHT_MS;
    scene.holder.now = scene.town.now;
    town_grant(&scene.town, &scene.holder);
    for (size_t i = 0; i < COUNT_OF(by_itself); i++) {
        Row row;
        EXPECT_OK(world_id(&later, &scene.holder.request));
        costs_begin(&row, &scene.town.service, scene.town.store);
        by_itself[i].run(&scene);
        costs_end(&row, &scene.town.service, scene.town.store, by_itself[i].name, buf);
    }
    scene.town.service.world = &scene.town.agent.world;
    town_end(&scene.town);
}

TEST(each_use_case_costs_what_the_golden_file_says)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, GOLDEN_MAX);
    Str text;

    buf_format(&buf, "%-28s %10s %8s %5s %7s\n", "use case", "statements", "messages", "lines", "commits");
    count_door(&buf);
    count_log(&buf);
    count_claim(&buf);
    count_acts(&buf);
    count_night(&buf);
    EXPECT_OK(buf_done(&buf, &text));
    golden_expect("tests/golden/costs.txt", text);
}

RUN_TESTS("costs")

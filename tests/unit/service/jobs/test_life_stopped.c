/* The life of logs whatever happens to a run on its way: stopped, in another hand, dry, over rows that were forged, failed.
 * Must not leave a process behind.
 * Called by meson test. */
#include "lives.h"

#include <sqlite3.h>

typedef struct Stopping {
    uint32_t after, failed;
} Stopping;

static Err stop_after(void *self, const JobCounts *counts)
{
    const Stopping *stopping = self;
    return (Err){.id = counts->looked >= stopping->after ? E_STOPPED : E_OK};
}

static void count_failed(void *self, Id tenant, Id log, Err error)
{
    Stopping *stopping = self;
    (void)tenant;
    (void)log;
    (void)error;
    stopping->failed++;
}

TEST(a_run_that_is_stopped_after_any_log_is_made_up_and_each_log_is_closed_once)
{
    enum { LOGS = 4 };
    PLACE(p);
    Day first = today(&p);
    Id logs[LOGS];

    for (int i = 0; i < LOGS; i++)
        logs[i] = any_log(&p, 20);
    go_to(&p, first, 21);
    for (uint32_t after = 1; after < LOGS; after++) {
        Stopping stopping = {.after = after};
        const JobHearer hearer = {.self = &stopping, .tell = stop_after};
        const JobOrder order = {.job = JOB_LIFE, .tenant = p.town.tenant, .at_once = true, .hearer = &hearer};
        enum JobEnd end;
        JobCounts counts;
        Err stopped = job_run(&p.town.service, &order, &end, &counts);
        EXPECT(stopped.id == E_STOPPED || is_ok(stopped));
        go_to(&p, first, 21 + (int)after);
    }
    run_life(&p, JOB_DONE);
    for (int i = 0; i < LOGS; i++) {
        EXPECT(row_of(&p, logs[i]).state == STATE_PASSIVE && row_of(&p, logs[i]).passive_at == oslo_time(first + 21, 0));
        EXPECT(lines_of(&p, logs[i], ACT_LOG_CLOSE) == 1);
    }
    EXPECT(told(&p, p.manager.person, NOTICE_CONSENT_OVER) == LOGS);
}

static Err hold_job(Tx *tx, void *context)
{
    JobRow row;
    return store_job_take(tx, context, &row);
}

TEST(while_another_server_has_the_job_in_hand_it_is_not_run_and_it_is_taken_over_when_that_one_is_gone)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 20);

    go_to(&p, first, 21);
    const JobTake other = {.name = STR("life"), .runner = town_id(&p.town), .now = p.town.now, .until_at = p.town.now + 120000};
    EXPECT_OK(store_write(p.town.store, hold_job, (void *)(uintptr_t)&other));
    run_life(&p, JOB_ELSEWHERE);
    const JobOrder asked = {.job = JOB_LIFE, .tenant = p.town.tenant, .at_once = true};
    enum JobEnd end;
    JobCounts counts;
    EXPECT_OK(job_run(&p.town.service, &asked, &end, &counts));
    EXPECT(end == JOB_ELSEWHERE && row_of(&p, log).state == STATE_ACTIVE);
    p.later += 121000;
    EXPECT_OK(keys_clock_advance(p.town.agent.keys, 121000));
    run_life(&p, JOB_DONE);
    EXPECT(row_of(&p, log).state == STATE_PASSIVE);
}

TEST(a_dry_run_changes_nothing)
{
    PLACE(p);
    Day first = today(&p);
    Id log = any_log(&p, 20);
    const JobOrder dry = {.job = JOB_LIFE, .tenant = p.town.tenant, .dry = true};
    enum JobEnd end;
    JobCounts counts = {0};

    go_to(&p, first, 21);
    EXPECT_OK(job_run(&p.town.service, &dry, &end, &counts));
    EXPECT(counts.looked == 1 && counts.changed == 1);
    EXPECT(row_of(&p, log).state == STATE_ACTIVE && told(&p, p.manager.person, NOTICE_CONSENT_OVER) == 0);
    EXPECT(lines_of(&p, (Id){0}, ACT_JOB_RUN) == 0);
}

/* Behind the service's back. */
static void spoil(Place *place, Id log)
{
    char id[ID_TEXT + 1], tenant[ID_TEXT + 1], path[160], sql[160];
    sqlite3 *database = NULL;

    id_to_text(log, id);
    id_to_text(place->town.tenant, tenant);
    snprintf(path, sizeof path, "%s/municipality/%s.db", place->town.folder, tenant);
    snprintf(sql, sizeof sql, "UPDATE log SET flags=flags|16 WHERE lower(hex(id))='%s'", id);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    EXPECT(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
    EXPECT(sqlite3_changes(database) == 1);
    sqlite3_close(database);
}

TEST(a_log_that_was_forged_is_held_and_told_and_the_others_are_carried_out)
{
    PLACE(p);
    Day first = today(&p);
    Id forged = any_log(&p, 20), sound = any_log(&p, 20);
    Stopping heard = {0};
    const JobHearer hearer = {.self = &heard, .failed = count_failed};
    const JobOrder order = {.job = JOB_LIFE, .tenant = p.town.tenant, .hearer = &hearer};
    enum JobEnd end;
    JobCounts counts = {0};

    go_to(&p, first, 21);
    spoil(&p, forged);
    EXPECT_OK(job_run(&p.town.service, &order, &end, &counts));
    EXPECT(end == JOB_AGAIN && counts.failed == 1 && heard.failed == 1 && counts.changed == 1);
    EXPECT(row_of(&p, forged).state == STATE_ACTIVE && (row_of(&p, forged).flags & FLAG_HOLD));
    EXPECT(row_of(&p, sound).state == STATE_PASSIVE);
    run_life(&p, JOB_ELSEWHERE); /* not before a quarter of an hour */
    const JobOrder asked = {.job = JOB_LIFE, .tenant = p.town.tenant, .at_once = true};
    EXPECT_OK(job_run(&p.town.service, &asked, &end, &counts));
    EXPECT(end == JOB_DONE);     /* but when somebody asks for it */
}

TEST(a_job_that_failed_is_tried_again_after_a_quarter_of_an_hour_by_itself)
{
    PLACE(p);
    Day first = today(&p);
    Id forged = any_log(&p, 20);

    go_to(&p, first, 21);
    spoil(&p, forged);
    run_life(&p, JOB_AGAIN);
    run_life(&p, JOB_ELSEWHERE);
    p.later += 901000;
    EXPECT_OK(keys_clock_advance(p.town.agent.keys, 901000));
    run_life(&p, JOB_DONE);      /* a held log is not looked at */
}

RUN_TESTS("life_stopped")

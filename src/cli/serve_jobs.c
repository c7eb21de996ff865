/* serve's jobs: the agent's journal and heads and the purge every minute, rows that are over every hour.
 * Must not stop serving: a failure is told to the operator, and the job comes again.
 * Called by serve.c. */
#include "cli/serve_jobs.h"

#include "service/heads.h"
#include "service/municipality/journal.h"
#include "service/municipality/over.h"
#include "store/store.h"
#include "sys/log.h"
#include "sys/thread.h"

#define MINUTE_MS 60000
#define HOUR_MS (INT64_C(60) * MINUTE_MS)

/* ---- what the jobs do ---- */

static void tell(void *self, Id tenant, Err error)
{
    (void)self;
    if (error.id == E_FORGED)
        LOG(LOG_LEVEL_ALERT, "database-old", log_id("database", tenant), log_error("result", error));
    else
        LOG(LOG_LEVEL_WARNING, "head-not-signed", log_id("database", tenant), log_error("result", error));
}

/* A sealed or missing agent is told once, not once a municipality. */
static void show_heads(Service *service)
{
    KeysStatus status;
    Err asked = keys_status(service->keys, &status);

    if (!is_ok(asked) || status.sealed)
        return;
    uint32_t taken = 0;
    Err in = journal_take_in(service, &taken);
    if (!is_ok(in))
        LOG(LOG_LEVEL_WARNING, "journal-not-taken", log_error("result", in));
    Err shown = heads_show_all(service, tell, NULL);
    (void)shown; /* told one by one */
}

static void purge(Service *service)
{
    uint32_t waiting = stores_purge_waiting(service->stores);

    if (waiting > 0)
        LOG(LOG_LEVEL_WARNING, "remains-not-purged", log_number("databases", waiting));
}

static void remove_over(Service *service)
{
    uint32_t rows = 0, failed = 0;
    Err removed = over_remove_all(service, &rows, &failed);

    if (!is_ok(removed) || failed > 0)
        LOG(LOG_LEVEL_WARNING, "rows-over-not-removed", log_error("result", removed), log_number("databases", failed));
    else if (rows > 0)
        LOG(LOG_LEVEL_INFO, "rows-over-removed", log_number("rows", rows));
}

/* ---- when ---- */

typedef struct Job {
    void (*run)(Service *service);
    int64_t every_ms;
    bool at_end; /* once more when serve ends */
} Job;

static const Job table[] = {
    {.run = show_heads, .every_ms = MINUTE_MS, .at_end = true},
    {.run = purge, .every_ms = MINUTE_MS, .at_end = true},
    {.run = remove_over, .every_ms = HOUR_MS},
};

struct Jobs {
    Service *service;
    int64_t next_at[COUNT_OF(table)]; /* by serve's clock, which a test moves */
    Thread thread;
    bool running, stop;
    Mutex lock;
    Condition woken;
};

/* A clock that nobody can trust lets each job run: they look at the time themselves. */
static void run_due(Jobs *jobs)
{
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        int64_t now = 0;
        Err known = world_now(jobs->service->world, &now);
        if (is_ok(known) && now < jobs->next_at[i] && table[i].every_ms > MINUTE_MS)
            continue;
        table[i].run(jobs->service);
        jobs->next_at[i] = now + table[i].every_ms;
    }
}

static void *run(void *argument)
{
    Jobs *jobs = argument;

    mutex_lock(&jobs->lock);
    while (!jobs->stop) {
        mutex_unlock(&jobs->lock);
        run_due(jobs);
        mutex_lock(&jobs->lock);
        if (!jobs->stop)
            condition_wait_for(&jobs->woken, &jobs->lock, MINUTE_MS);
    }
    mutex_unlock(&jobs->lock);
    return NULL;
}

Err jobs_start(Service *service, Arena *keep, Jobs **ret_jobs)
{
    Jobs *jobs = NULL;

    TRY(ARENA_NEW(keep, Jobs, 1, &jobs));
    jobs->service = service;
    mutex_init(&jobs->lock);
    condition_init(&jobs->woken);
    TRY(thread_start(&jobs->thread, run, jobs));
    jobs->running = true;
    *ret_jobs = jobs;
    return ok();
}

void jobs_stop(Jobs *jobs)
{
    if (!jobs || !jobs->running)
        return;
    mutex_lock(&jobs->lock);
    jobs->stop = true;
    condition_wake_all(&jobs->woken);
    mutex_unlock(&jobs->lock);
    thread_join(jobs->thread);
    jobs->running = false;
    for (size_t i = 0; i < COUNT_OF(table); i++)
        if (table[i].at_end)
            table[i].run(jobs->service);
    condition_done(&jobs->woken);
    mutex_done(&jobs->lock);
}

void jobs_stopp(Jobs **jobs)
{
    jobs_stop(*jobs);
}

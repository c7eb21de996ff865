/* serve's thread for the table of jobs: what this server does for itself every minute, and in each database what is due there.
 * Must not stop serving: a failure is told to the operator, and the job comes again.
 * Called by serve.c. */
#include "cli/serve_jobs.h"

#include "cli/control/backup.h"
#include "service/heads.h"
#include "service/jobs/day.h"
#include "service/jobs/jobs.h"
#include "service/municipality.h"
#include "service/municipality/journal.h"
#include "service/report/ordered.h"
#include "store/store.h"
#include "sys/log.h"
#include "sys/thread.h"

#define MINUTE_MS 60000
#define BACKUP_AGAIN_MS (60 * INT64_C(60000)) /* each try takes one of the thousand keys that are kept */
#define LIST_ARENA ((size_t)1 << 20)

struct Jobs {
    Service *service;
    const char *data;
    int64_t backup_after;       /* one that failed is tried again then */
    int64_t unfed_after;        /* that places were given none is looked at again then */
    int64_t done_to[JOB_COUNT]; /* in every database, as far as this server knows: it need not look there again */
    Thread thread;
    Thread backups; /* a place that hangs, as one that is mounted from elsewhere can, holds up nothing else */
    Thread reports; /* somebody waits for them, and one of a long log takes long */
    ReportMaker maker;
    bool running, backing_up, reporting, stop;
    bool ordered;   /* a report is, since the last look */
    Mutex lock;
    Condition woken, called;
};

/* ---- what a server does for itself ---- */

static void tell_head(void *self, Id tenant, Err error)
{
    (void)self;
    if (error.id == E_FORGED)
        LOG(LOG_LEVEL_ALERT, "database-old", log_id("database", tenant), log_error("result", error));
    else
        LOG(LOG_LEVEL_WARNING, "head-not-signed", log_id("database", tenant), log_error("result", error));
}

static bool agent_opens(Service *service)
{
    KeysStatus status;
    Err asked = keys_status(service->keys, &status);

    return is_ok(asked) && !status.sealed;
}

/* A sealed or missing agent is told once, not once a municipality. */
static void show_heads(Service *service)
{
    if (!agent_opens(service))
        return;
    uint32_t taken = 0;
    Err in = journal_take_in(service, &taken);
    if (!is_ok(in))
        LOG(LOG_LEVEL_WARNING, "journal-not-taken", log_error("result", in));
    Err shown = heads_show_all(service, tell_head, NULL);
    (void)shown; /* told one by one */
}

static void purge(Service *service)
{
    uint32_t waiting = stores_purge_waiting(service->stores);

    if (waiting > 0)
        LOG(LOG_LEVEL_WARNING, "remains-not-purged", log_number("databases", waiting));
}

/* Once more when serve ends. */
static void (*const own[JOB_COUNT])(Service *service) = {
    [JOB_HEADS] = show_heads,
    [JOB_PURGE] = purge,
};

/* ---- what is due in a database ---- */

static bool is_stopped(Jobs *jobs)
{
    mutex_lock(&jobs->lock);
    bool stop = jobs->stop;
    mutex_unlock(&jobs->lock);
    return stop;
}

static Err go_on(void *self, const JobCounts *counts)
{
    (void)counts;
    return is_stopped(self) ? fail(E_STOPPED) : ok();
}

/* Woken when serve ends. */
static void rest(void *self, int ms)
{
    Jobs *jobs = self;

    mutex_lock(&jobs->lock);
    if (!jobs->stop)
        condition_wait_for(&jobs->woken, &jobs->lock, ms);
    mutex_unlock(&jobs->lock);
}

static void tell_failed(void *self, Id tenant, Id log, Err error)
{
    (void)self;
    LOG(LOG_LEVEL_ALERT, "job-failed-for-log", log_id("database", tenant), log_id("log", log), log_error("result", error));
}

/* Whether it is done there. */
static bool run_in(Jobs *jobs, JobId id, Id tenant)
{
    const JobHearer hearer = {.self = jobs, .tell = go_on, .rest = rest, .failed = tell_failed};
    const JobOrder order = {.job = id, .tenant = tenant, .at_once = id == JOB_REPORTS, .hearer = &hearer};
    enum JobEnd end = JOB_AGAIN;
    JobCounts counts = {0};

    Err ran = job_run(jobs->service, &order, &end, &counts);
    if (!is_ok(ran) && ran.id != E_STOPPED)
        LOG(LOG_LEVEL_WARNING, "job-not-run", log_number("job", id), log_id("database", tenant), log_error("result", ran));
    else if (counts.changed > 0)
        LOG(LOG_LEVEL_INFO, "job-run", log_number("job", id), log_id("database", tenant), log_number("changed", counts.changed));
    return is_ok(ran) && (end == JOB_DONE || end == JOB_NOT_DUE);
}

static void run_in_each(Jobs *jobs, JobId id, const Job *job)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Municipalities all = {0};
    int64_t now = 0;

    Err ready = world_now(jobs->service->world, &now);
    int64_t due = job_due(job->when, now);
    if (!is_ok(ready) || jobs->done_to[id] >= due)
        return;
    ready = arena_new(LIST_ARENA, &arena);
    if (is_ok(ready))
        ready = municipality_list(jobs->service, arena, &all);
    if (!is_ok(ready)) {
        LOG(LOG_LEVEL_WARNING, "job-not-run", log_number("job", id), log_error("result", ready));
        return;
    }
    bool done = job->of != JOB_OF_DATABASES || run_in(jobs, id, (Id){0});
    for (uint32_t i = 0; i < all.count && !is_stopped(jobs); i++)
        done = run_in(jobs, id, all.items[i].tenant) && done;
    if (done && !is_stopped(jobs))
        jobs->done_to[id] = due;
}

/* ---- once a day, for this server ---- */

/* What cannot be made is told, and tried again after an hour: the place may be full, or not mounted. */
static Err while_not_stopped(void *self, uint64_t done, uint64_t total)
{
    (void)done, (void)total;
    return is_stopped(self) ? fail(E_STOPPED) : ok();
}

static void back_up(Jobs *jobs)
{
    const BackupProgress progress = {.self = jobs, .tell = while_not_stopped};
    bool made = false;
    int64_t now = 0;

    if (!is_ok(world_now(jobs->service->world, &now)) || now < jobs->backup_after)
        return;
    Err ran = backup_daily(jobs->service, jobs->data, &progress, &made);
    if (made)
        LOG(LOG_LEVEL_INFO, "backup-made", log_error("result", ran));
    if (is_ok(ran) || ran.id == E_STOPPED)
        return;
    jobs->backup_after = now + BACKUP_AGAIN_MS;
    LOG(LOG_LEVEL_ALERT, "backup-not-made", log_error("result", ran));
}

/* serve runs no program: what takes a backup elsewhere is run by a timer of the operator's, and serve tells when it was not. */
static void look_at_feeds(Jobs *jobs)
{
    uint32_t late = 0;
    int64_t now = 0;

    if (!is_ok(world_now(jobs->service->world, &now)) || now < jobs->unfed_after)
        return;
    jobs->unfed_after = now + BACKUP_AGAIN_MS;
    Err looked = backup_unfed(jobs->service, jobs->data, &late);
    if (!is_ok(looked))
        LOG(LOG_LEVEL_ALERT, "backup-not-fed", log_error("result", looked));
    else if (late > 0)
        LOG(LOG_LEVEL_ALERT, "backup-not-fed", log_number("places", late));
}

/* ---- what is ordered ---- */

/* Called by whoever has ordered a report: it is begun at once. */
static void call_for_reports(void *self)
{
    Jobs *jobs = self;

    mutex_lock(&jobs->lock);
    jobs->ordered = true;
    condition_wake_all(&jobs->called);
    mutex_unlock(&jobs->lock);
}

/* Nothing is written where none is ordered. */
static void make_reports_in(Jobs *jobs, Id tenant)
{
    Store *store = NULL;
    bool any = false;

    Err asked = store_of(jobs->service->stores, tenant, &store);
    if (is_ok(asked))
        asked = report_orders_wait(store, &any);
    if (!is_ok(asked))
        LOG(LOG_LEVEL_WARNING, "job-not-run", log_number("job", JOB_REPORTS), log_id("database", tenant), log_error("result", asked));
    if (any)
        run_in(jobs, JOB_REPORTS, tenant);
}

static void make_reports(Jobs *jobs)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Municipalities all = {0};

    Err ready = arena_new(LIST_ARENA, &arena);
    if (is_ok(ready))
        ready = municipality_list(jobs->service, arena, &all);
    if (!is_ok(ready))
        LOG(LOG_LEVEL_WARNING, "job-not-run", log_number("job", JOB_REPORTS), log_error("result", ready));
    for (uint32_t i = 0; i < all.count && !is_stopped(jobs); i++)
        make_reports_in(jobs, all.items[i].tenant);
}

/* Once a minute too: what another server, or this one before it was started again, has left. */
static void *run_reports(void *argument)
{
    Jobs *jobs = argument;

    mutex_lock(&jobs->lock);
    while (!jobs->stop) {
        jobs->ordered = false;
        mutex_unlock(&jobs->lock);
        if (agent_opens(jobs->service))
            make_reports(jobs);
        mutex_lock(&jobs->lock);
        if (!jobs->stop && !jobs->ordered)
            condition_wait_for(&jobs->called, &jobs->lock, MINUTE_MS);
    }
    mutex_unlock(&jobs->lock);
    return NULL;
}

/* ---- the thread ---- */

static void run_due(Jobs *jobs)
{
    bool opens = agent_opens(jobs->service);

    for (unsigned id = JOB_NONE + 1; id < JOB_COUNT && !is_stopped(jobs); id++) {
        Job job;
        if (!is_ok(job_of((JobId)id, &job)))
            continue;
        if (own[id])
            own[id](jobs->service);
        else if (opens && id != JOB_BACKUP && id != JOB_REPORTS)
            run_in_each(jobs, (JobId)id, &job);
    }
}

static void *run(void *argument)
{
    Jobs *jobs = argument;

    mutex_lock(&jobs->lock);
    while (!jobs->stop) {
        mutex_unlock(&jobs->lock);
        days_stand_still(jobs->service->days);
        run_due(jobs);
        days_go_on(jobs->service->days);
        mutex_lock(&jobs->lock);
        if (!jobs->stop)
            condition_wait_for(&jobs->woken, &jobs->lock, MINUTE_MS);
    }
    mutex_unlock(&jobs->lock);
    return NULL;
}

static void *run_backups(void *argument)
{
    Jobs *jobs = argument;

    mutex_lock(&jobs->lock);
    while (!jobs->stop) {
        mutex_unlock(&jobs->lock);
        if (agent_opens(jobs->service))
            back_up(jobs);
        look_at_feeds(jobs);
        mutex_lock(&jobs->lock);
        if (!jobs->stop)
            condition_wait_for(&jobs->woken, &jobs->lock, MINUTE_MS);
    }
    mutex_unlock(&jobs->lock);
    return NULL;
}

Err jobs_start(Service *service, const JobsOptions *options, Arena *keep, Jobs **ret_jobs)
{
    Jobs *jobs = NULL;

    TRY(ARENA_NEW(keep, Jobs, 1, &jobs));
    jobs->service = service;
    jobs->data = options->data;
    jobs->maker = (ReportMaker){.entries = options->report_entries, .ordered = call_for_reports, .self = jobs};
    mutex_init(&jobs->lock);
    condition_init(&jobs->woken);
    condition_init(&jobs->called);
    TRY(thread_start(&jobs->thread, run, jobs));
    jobs->running = true;
    *ret_jobs = jobs;
    TRY(thread_start(&jobs->backups, run_backups, jobs));
    jobs->backing_up = true;
    TRY(thread_start(&jobs->reports, run_reports, jobs));
    jobs->reporting = true;
    service->reports = &jobs->maker;
    return ok();
}

void jobs_stop(Jobs *jobs)
{
    if (!jobs || !jobs->running)
        return;
    mutex_lock(&jobs->lock);
    jobs->stop = true;
    condition_wake_all(&jobs->woken);
    condition_wake_all(&jobs->called);
    mutex_unlock(&jobs->lock);
    thread_join(jobs->thread);
    if (jobs->backing_up)
        thread_join(jobs->backups);
    if (jobs->reporting)
        thread_join(jobs->reports);
    jobs->service->reports = NULL;
    jobs->running = false;
    for (unsigned id = 0; id < JOB_COUNT; id++)
        if (own[id])
            own[id](jobs->service);
    condition_done(&jobs->called);
    condition_done(&jobs->woken);
    mutex_done(&jobs->lock);
}

void jobs_stopp(Jobs **jobs)
{
    jobs_stop(*jobs);
}

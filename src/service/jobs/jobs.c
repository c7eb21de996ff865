/* The table of jobs, and the way of one run: due, taken, done, given back.
 * Must not leave a job taken when it ends; one that is killed is free again when its time is over.
 * Called by serve's thread and by the command `jobs`. */
#include "service/jobs/jobs.h"

#include "base/calendar.h"
#include "service/acts/transfer/blind_told.h"
#include "service/crossing/crossings.h"
#include "service/jobs/deletion.h"
#include "service/jobs/epoch.h"
#include "service/jobs/life.h"
#include "service/jobs/reports.h"
#include "service/jobs/staff.h"
#include "service/jobs/statistics.h"
#include "service/jobs/unit.h"
#include "service/municipality/over.h"
#include "store/volatile.h"

#define MINUTE_MS INT64_C(60000)
#define TAKEN_MS (2 * MINUTE_MS)
#define RETRY_MS (15 * MINUTE_MS)

/* ---- what they do ---- */

static Err run_over(JobRun *run)
{
    OverCounts counts = {0};

    if (run->order->dry)
        return ok();
    TRY(over_remove(run->service, run->order->tenant, run->order->by, &counts));
    for (size_t i = 0; i < KEEPING_COUNT; i++)
        run->counts.changed += counts.of[i];
    return ok();
}

static Err run_asked(JobRun *run)
{
    return run->order->dry ? ok() : blind_tell(run->service, run->store, run->now, &run->counts.changed);
}

static void crossing_failed(void *self, Id crossing, Err error)
{
    JobRun *run = self;
    const JobHearer *hearer = run->order->hearer;

    run->counts.failed++;
    if (hearer && hearer->failed)
        hearer->failed(hearer->self, run->order->tenant, crossing, error);
}

static Err run_crossings(JobRun *run)
{
    const CrossingOn on = {run->service, run->order->tenant, run->now};

    return run->order->dry ? ok() : crossings_go_on(&on, (CrossingHearer){run, crossing_failed}, &run->counts.changed);
}

/* Those of a server are the server's own (cli/serve_jobs.c). */
static Err (*const runs[JOB_COUNT])(JobRun *run) = {
    [JOB_OVER] = run_over,
    [JOB_LIFE] = life_run,
    [JOB_ASKED] = run_asked,
    [JOB_STAFF] = staff_run,
    [JOB_UNITS] = units_run,
    [JOB_EPOCH] = epoch_run,
    [JOB_DELETION] = deletion_run,
    [JOB_REPORTS] = reports_run,
    [JOB_STATISTICS] = statistics_run,
    [JOB_CROSSINGS] = run_crossings,
};

static const Job jobs[JOB_COUNT] = {
#define X(name, number, code_, when_, of_, words_) [JOB_##name] = {.code = (code_), .when = (when_), .of = (of_), .words = (words_)},
    JOBS(X)
#undef X
};

Err job_of(JobId id, Job *ret_job)
{
    if (id <= JOB_NONE || id >= JOB_COUNT)
        return fail(E_RANGE);
    *ret_job = jobs[id];
    return ok();
}

Err job_by_code(Str code, JobId *ret_id)
{
    for (unsigned id = JOB_NONE + 1; id < JOB_COUNT; id++) {
        if (!str_equal(code, str_from_c(jobs[id].code)))
            continue;
        *ret_id = (JobId)id;
        return ok();
    }
    return fail(E_NOT_FOUND);
}

/* ---- when ---- */

int64_t job_due(enum JobWhen when, int64_t now)
{
    switch (when) {
    case JOB_EACH_MINUTE:
        return now - now % MINUTE_MS;
    case JOB_EACH_HOUR:
        return now - now % (60 * MINUTE_MS);
    case JOB_EACH_DAY:
        return oslo_time(oslo_day(now), 0);
    }
    return now;
}

static Err store_for(Service *service, Id tenant, Store **ret_store)
{
    if (!id_is_none(tenant))
        return store_of(service->stores, tenant, ret_store);
    *ret_store = store_host(service->stores);
    return ok();
}

Err job_stands(Service *service, JobId id, Id tenant, Arena *keep, JobRow *ret_row)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Store *store = NULL;

    TRY(store_for(service, tenant, &store));
    TRY(store_read(store, &tx));
    return store_job(tx, str_from_c(jobs[id].code), keep, ret_row);
}

/* ---- a run ---- */

typedef struct Taking {
    JobTake take;
    JobRow row;
} Taking;

static Err take_work(Tx *tx, void *context)
{
    Taking *taking = context;

    return store_job_take(tx, &taking->take, &taking->row);
}

static Err take(JobRun *run)
{
    Taking taking = {.take = {.name = str_from_c(jobs[run->order->job].code), .runner = run->row.runner, .now = run->now,
                              .until_at = run->now + TAKEN_MS, .at_once = run->order->at_once}};

    TRY(store_write(run->store, take_work, &taking));
    run->row = taking.row;
    return ok();
}

Err job_step(JobRun *run)
{
    const JobHearer *hearer = run->order->hearer;

    if (hearer && hearer->tell)
        TRY(hearer->tell(hearer->self, &run->counts));
    TRY(world_now(run->service->world, &run->now));
    if (run->order->dry || run->now < run->row.until_at - TAKEN_MS / 2)
        return ok();
    return take(run);
}

/* Not about one log. */
static bool ends_the_run(Err error)
{
    static const enum err_id all[] = {E_SEALED, E_NO_AGENT, E_NO_GRANT, E_BUDGET, E_BUSY, E_STORE, E_DISK_FULL, E_UNKNOWN_OUTCOME,
                                      E_STOPPED};

    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (error.id == all[i])
            return true;
    return false;
}

Err job_failed(JobRun *run, Id log, Err error)
{
    const JobHearer *hearer = run->order->hearer;

    if (ends_the_run(error))
        return error;
    run->counts.failed++;
    if (hearer && hearer->failed)
        hearer->failed(hearer->self, run->order->tenant, log, error);
    return ok();
}

typedef struct Giving {
    const JobRun *run;
    int64_t done_to, until_at;
    AuditLine line;
} Giving;

static Err give_work(Tx *tx, void *context)
{
    const Giving *giving = context;

    TRY(store_job_give(tx, &giving->run->row, giving->done_to, giving->until_at));
    return giving->line.act != ACT_NONE ? store_audit(tx, &giving->line) : ok();
}

/* What a job of each hour removes has lines of its own, where it stands in the chain. */
static AuditLine line_of(const JobRun *run, bool whole)
{
    if (jobs[run->order->job].when != JOB_EACH_DAY)
        return (AuditLine){0};
    return (AuditLine){.at = run->now, .request = run->request, .person = run->order->by, .act = ACT_JOB_RUN,
                       .reason = (uint16_t)run->order->job, .amount = run->counts.changed, .outcome = whole ? AUDIT_ALLOWED : AUDIT_FAILED};
}

static Err give(const JobRun *run, bool whole)
{
    Giving giving = {.run = run, .done_to = whole ? run->due : run->row.done_to, .until_at = whole ? 0 : run->now + RETRY_MS,
                     .line = line_of(run, whole)};

    return store_write(run->store, give_work, &giving);
}

static Err run_taken(JobRun *run, enum JobEnd *ret_end)
{
    Err done = runs[run->order->job](run);
    bool whole = is_ok(done) && run->counts.failed == 0 && !run->more;
    Err given = run->order->dry ? ok() : give(run, whole);

    TRY(done);
    TRY(given);
    *ret_end = whole ? JOB_DONE : JOB_AGAIN;
    return ok();
}

Err job_run(Service *service, const JobOrder *order, enum JobEnd *ret_end, JobCounts *ret_counts)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    JobRun run = {.service = service, .order = order};
    JobRow row = {0};

    TRY(arena_new((size_t)64 << 10, &scratch));
    TRY(store_for(service, order->tenant, &run.store));
    TRY(world_now(service->world, &run.now));
    TRY(world_id(service->world, &run.request));
    TRY(world_id(service->world, &run.row.runner));
    TRY(job_stands(service, order->job, order->tenant, scratch, &row));
    run.due = job_due(jobs[order->job].when, run.now);
    *ret_counts = run.counts;
    if (row.done_to >= run.due && !order->at_once) {
        *ret_end = JOB_NOT_DUE;
        return ok();
    }
    Err taken = order->dry ? ok() : take(&run);
    if (taken.id == E_BUSY) {
        *ret_end = JOB_ELSEWHERE;
        return ok();
    }
    TRY(taken);
    Err ran = run_taken(&run, ret_end);
    *ret_counts = run.counts;
    return ran;
}

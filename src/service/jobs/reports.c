/* Makes each archive report that is ordered: decided, entered, made and put as an act of the person who ordered it.
 * Must not hold anything of a log when it goes on with the next.
 * Called by jobs.c. */
#include "service/jobs/reports.h"

#include "domain/codes.h"
#include "domain/notices.h"
#include "service/log/task.h"
#include "service/report/make.h"
#include "service/session/session.h"
#include "store/inbox.h"
#include "store/report/orders.h"

#define ROWS_MAX 100
#define ROWS_ARENA ((size_t)256 << 10)
#define TELL_MS 500

/* One order on its way. */
typedef struct Making {
    JobRun *run;
    ReportOrderRow row;
    Actor actor;        /* whoever ordered it */
    int64_t told_at;    /* when its row said last how far it is */
    ReportStored made;
    InboxRow news;
    Arena *scratch;
} Making;

/* ---- how far it is ---- */

static Err update_work(Tx *tx, void *context)
{
    return store_report_order_update(tx, &((const Making *)context)->row);
}

/* E_STALE: nobody waits for it any more. */
static Err hear(void *self, unsigned phase, uint32_t done, uint32_t total)
{
    Making *making = self;
    ReportOrderRow *row = &making->row;

    TRY(job_step(making->run));
    if (phase == row->phase && making->run->now - making->told_at < TELL_MS)
        return ok();
    row->phase = (uint8_t)phase;
    row->done = done;
    row->total = total;
    making->told_at = making->run->now;
    return store_write(making->run->store, update_work, making);
}

static Err set_news(Making *making)
{
    making->news = (InboxRow){.person = making->row.person, .event = NOTICE_REPORT_DONE, .object = making->row.log,
                              .at = making->run->now};
    return world_id(making->run->service->world, &making->news.id);
}

/* ---- made ---- */

static Err prepare(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Making *making = self;
    const ReportHearer hearer = {making, hear};
    const ReportWish wish = {.service = making->run->service, .actor = &making->actor, .language = making->row.language, .hearer = &hearer};

    making->scratch = scratch;
    TRY(report_make(&wish, entered, &making->made));
    TRY(set_news(making));
    change->told = (InboxRows){.items = &making->news, .count = 1};
    change->erases = true;
    return ok();
}

static Err put(Tx *tx, void *self)
{
    const Making *making = self;

    TRY(store_report_order_end(tx, &making->row));
    return report_stored_put(tx, &making->made, making->scratch);
}

static Err make(Making *making)
{
    const LogTask task = {.wish = {.log = making->row.log, .act = ACT_ARCHIVE_REPORT_MAKE, .purpose = PURPOSE_WRITE},
                          .prepare = prepare, .put = put, .self = making};
    Why why = WHY_UNDECIDED;

    TRY(session_of(making->run->service, making->run->order->tenant, &making->row.session, &making->actor));
    if (!id_equal(making->actor.person, making->row.person))
        return fail(E_NO_SESSION);
    TRY(log_carry_out(making->run->service, &making->actor, &task, &why));
    Err purged = store_purge_remains(making->run->store);
    (void)purged; /* stays marked, and serve tells what waits */
    return ok();
}

/* ---- failed ---- */

typedef struct Failing {
    enum err_id error;
    unsigned failed;
} Failing;

static const Failing failings[] = {
    {E_TOO_LARGE, REPORT_FAILED_LARGE},   {E_NO_MEMORY, REPORT_FAILED_LARGE},  {E_NO_SESSION, REPORT_FAILED_SESSION},
    {E_NO_GRANT, REPORT_FAILED_SESSION},  {E_BUDGET, REPORT_FAILED_CEILING},   {E_FORBIDDEN, REPORT_FAILED_RIGHT},
    {E_NOT_FOUND, REPORT_FAILED_RIGHT},   {E_REASON, REPORT_FAILED_RIGHT},     {E_HELD, REPORT_FAILED_RIGHT},
};

static unsigned failed_of(Err error)
{
    for (size_t i = 0; i < COUNT_OF(failings); i++)
        if (failings[i].error == error.id)
            return failings[i].failed;
    return REPORT_FAILED_OTHER;
}

/* Theirs to try again: what holds nobody else up is said, and not tried by the job. */
static bool is_theirs(Err error)
{
    return failed_of(error) != REPORT_FAILED_OTHER;
}

/* What changed hangs on the job's line: one about a log that changes something carries the log's head. */
static Err fail_work(Tx *tx, void *context)
{
    Making *making = context;
    const InboxRows news = {.items = &making->news, .count = 1};
    const AuditLine job = {.at = making->run->now, .request = making->run->request, .act = ACT_JOB_RUN, .reason = JOB_REPORTS,
                           .amount = 1, .outcome = AUDIT_FAILED};
    AuditLine line = job;

    line.person = making->row.person;
    line.act = ACT_ARCHIVE_REPORT_MAKE;
    line.object_kind = OBJECT_LOG;
    line.object = making->row.log;
    line.reason = 0;
    line.amount = 0;
    TRY(store_report_order_update(tx, &making->row));
    TRY(store_inbox_tell(tx, &news, NULL));
    TRY(store_audit(tx, &job));
    return store_audit(tx, &line);
}

static Err fail_order(Making *making, unsigned failed)
{
    making->row.failed = (uint16_t)failed;
    TRY(set_news(making));
    Err told = store_write(making->run->store, fail_work, making);
    return told.id == E_STALE ? ok() : told;
}

/* ---- each ---- */

/* It is begun once more. */
static Err begin(Making *making)
{
    making->row.tries++;
    making->row.phase = 0;
    making->row.done = making->row.total = 0;
    return store_write(making->run->store, update_work, making);
}

static Err make_one(JobRun *run, const ReportOrderRow *row)
{
    Making making = {.run = run, .row = *row};

    run->counts.looked++;
    if (run->order->dry)
        return ok();
    if (row->tries >= REPORT_TRIES)
        return fail_order(&making, REPORT_FAILED_OTHER);
    Err made = begin(&making);
    if (is_ok(made))
        made = make(&making);
    run->counts.changed += is_ok(made);
    if (is_ok(made) || made.id == E_STALE)
        return ok();
    if (is_theirs(made))
        return fail_order(&making, failed_of(made));
    TRY(job_failed(run, row->log, made));
    return fail_order(&making, REPORT_FAILED_OTHER);
}

static Err read_waiting(const JobRun *run, Arena *arena, ReportOrderRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(run->store, &tx));
    return store_report_orders_waiting(tx, ROWS_MAX, arena, ret_rows);
}

Err reports_run(JobRun *run)
{
    AUTO(arena_freep) Arena *arena = NULL;
    ReportOrderRows rows = {0};

    TRY(arena_new(ROWS_ARENA, &arena));
    TRY(read_waiting(run, arena, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        TRY(make_one(run, &rows.items[i]));
        TRY(job_step(run));
    }
    run->more = rows.count == ROWS_MAX;
    return ok();
}

/* The steps of a purge, in their order, each for all logs that are due.
 * Must not record what is still open to somebody: T1 comes after the epoch.
 * Called by jobs.c. Rules: deletion 7, 9, 11. */
#include "service/jobs/deletion.h"

#include "domain/clocks.h"
#include "keys/epochs.h"
#include "service/ending/purge.h"
#include "service/jobs/epoch.h"
#include "store/ledger/file.h"

#define LIST_ARENA ((size_t)4 << 20)
#define ONE_ARENA ((size_t)64 << 20)
#define PAGE 100
#define CONFIRMED_AT_ONCE 100
#define HOUR_MS (INT64_C(60) * 60 * 1000)
#define SHARED_FOR HOUR_MS /* the keys of a municipality turn once in that time, for all that was deleted meanwhile */

/* ---- one order ---- */

static PurgeOrder order_of(const JobRun *run, Id deletion, Arena *keep)
{
    return (PurgeOrder){.service = run->service, .store = run->store, .tenant = run->order->tenant, .deletion = deletion,
                        .request = run->request, .now = run->now, .keep = keep};
}

/* ---- pages of what is due ---- */

typedef struct Due {
    uint32_t gone;      /* whose rows are gone, and which are not recorded */
    int64_t first_t0;   /* of those */
    Id grant;           /* for the facts of all that is purged */
} Due;

typedef Err (*OneOrder)(JobRun *run, const DeletionRow *row, void *self);

static Err next_page(const JobRun *run, Id after, Arena *keep, DeletionRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(run->store, &tx));
    return store_deletions_due(tx, run->now, &(DeletionPage){.id = after, .max = PAGE}, keep, ret_rows);
}

static Err each_due(JobRun *run, OneOrder one, void *self)
{
    DeletionRows rows = {0};
    Id after = {{0}};

    do {
        AUTO(arena_freep) Arena *keep = NULL;
        TRY(arena_new(LIST_ARENA, &keep));
        TRY(next_page(run, after, keep, &rows));
        for (uint32_t i = 0; i < rows.count; i++) {
            Err done = one(run, &rows.items[i], self);
            if (!is_ok(done))
                TRY(job_failed(run, rows.items[i].log, done));
            after = rows.items[i].id;
            TRY(job_step(run));
        }
    } while (rows.count == PAGE);
    return ok();
}

/* ---- first: the rows ---- */

static Err purge_one(JobRun *run, const DeletionRow *row, void *self)
{
    AUTO(arena_freep) Arena *keep = NULL;
    enum PurgeEnd end = PURGE_NOT_DUE;
    Due *due = self;

    TRY(arena_new(ONE_ARENA, &keep));
    PurgeOrder order = order_of(run, row->id, keep);
    run->counts.looked++;
    TRY(purge_tell_late(&order));
    order.grant = &due->grant;
    TRY(purge_log(&order, &end));
    if (end == PURGE_DONE && (due->gone == 0 || row->approved_at < due->first_t0))
        due->first_t0 = row->approved_at;
    due->gone += end == PURGE_DONE;
    return ok();
}

/* What a run would come to now: due, and of those what nothing makes wait. */
static Err look_at_one(JobRun *run, const DeletionRow *row, void *self)
{
    AUTO(arena_freep) Arena *keep = NULL;
    enum PurgeEnd end = PURGE_NOT_DUE;

    (void)self;
    TRY(arena_new(ONE_ARENA, &keep));
    const PurgeOrder order = order_of(run, row->id, keep);
    TRY(purge_look(&order, &end));
    run->counts.looked += end != PURGE_NOT_DUE;
    run->counts.changed += end == PURGE_DONE;
    return ok();
}

/* ---- last: T1 ---- */

/* Which line of the ledger tells that a log is gone, of a page of them in one reading of the file. */
typedef struct Lines {
    Id tenant;
    struct {
        Id log;
        uint64_t seq;
    } *items;
    uint32_t count, room;
} Lines;

static Err note_line(void *self, const LedgerLine *line)
{
    Lines *lines = self;

    if (line->kind != LEDGER_LOG_GONE || !id_equal(line->tenant, lines->tenant))
        return ok();
    for (uint32_t i = 0; i < lines->count; i++)
        if (id_equal(lines->items[i].log, line->object))
            lines->items[i].seq = line->seq;
    return ok();
}

static Err add_log(JobRun *run, const DeletionRow *row, void *self)
{
    Lines *lines = self;

    (void)run;
    if (lines->count < lines->room)
        lines->items[lines->count++].log = row->log;
    return ok();
}

static Err record_one(JobRun *run, const DeletionRow *row, void *self)
{
    AUTO(arena_freep) Arena *keep = NULL;
    const Lines *lines = self;
    uint64_t seq = 0;

    for (uint32_t i = 0; i < lines->count; i++)
        if (id_equal(lines->items[i].log, row->log))
            seq = lines->items[i].seq;
    TRY(arena_new(ONE_ARENA, &keep));
    run->counts.looked++;
    const PurgeOrder order = order_of(run, row->id, keep);
    Err recorded = purge_record(&order, seq);
    if (recorded.id == E_STALE || recorded.id == E_NOT_FOUND)
        return ok(); /* it waits, or is recorded */
    TRY(recorded);
    run->counts.changed++;
    return ok();
}

static Err record_all(JobRun *run, uint32_t gone)
{
    AUTO(arena_freep) Arena *keep = NULL;
    Lines lines = {.tenant = run->order->tenant, .room = gone + PAGE};

    TRY(arena_new(LIST_ARENA, &keep));
    TRY(arena_alloc(keep, lines.room, sizeof *lines.items, (void **)&lines.items));
    TRY(each_due(run, add_log, &lines));
    TRY(store_ledger_each(run->service->stores, &(LedgerWatch){&lines, note_line}));
    return each_due(run, record_one, &lines);
}

static Err keep_on(void *self, uint32_t wrapped)
{
    (void)wrapped;
    return job_step(self);
}

static void rest(void *self, int ms)
{
    const JobHearer *hearer = ((const JobRun *)self)->order->hearer;

    if (hearer && hearer->rest)
        hearer->rest(hearer->self, ms);
}

/* The agent keeps a former epoch for a month, and not any number of them. Before the alarm nobody waits for others any more. */
static Err is_shared(const JobRun *run, const Due *due, bool *ret_shared)
{
    Epochs epochs = {0};

    TRY(keys_epoch(run->service->keys, run->order->tenant, &epochs));
    *ret_shared = !run->order->at_once && epochs.former == 0 && run->now < epochs.turned_at + SHARED_FOR &&
                  run->now < clock_due(CLOCK_PURGE_ALARM, due->first_t0, NULL) - SHARED_FOR;
    return ok();
}

/* What was deleted leaves the files, and the keys under which remnants could open leave production. */
static Err destroy(JobRun *run)
{
    const EpochOrder order = {.tenant = run->order->tenant, .self = run, .tell = keep_on, .rest = rest};
    uint32_t wrapped = 0;

    TRY(store_purge_remains(run->store));
    return epoch_turn(run->service, &order, &wrapped);
}

/* ---- what a restore has carried out again ---- */

static Err read_unsigned(const JobRun *run, Arena *keep, DeletionRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(run->store, &tx));
    return store_deletions_unsigned(tx, PAGE, keep, ret_rows);
}

static Err sign_one(JobRun *run, Id deletion, uint64_t ledger)
{
    AUTO(arena_freep) Arena *keep = NULL;

    TRY(arena_new(ONE_ARENA, &keep));
    const PurgeOrder order = order_of(run, deletion, keep);
    TRY(purge_sign(&order, ledger));
    run->counts.changed++;
    return ok();
}

static Err sign_all(JobRun *run)
{
    AUTO(arena_freep) Arena *keep = NULL;
    Lines lines = {.tenant = run->order->tenant, .room = PAGE};
    DeletionRows rows = {0};

    TRY(arena_new(LIST_ARENA, &keep));
    TRY(read_unsigned(run, keep, &rows));
    if (rows.count == 0)
        return ok();
    TRY(arena_alloc(keep, lines.room, sizeof *lines.items, (void **)&lines.items));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(add_log(run, &rows.items[i], &lines));
    TRY(store_ledger_each(run->service->stores, &(LedgerWatch){&lines, note_line}));
    for (uint32_t i = 0; i < rows.count; i++) {
        Err done = sign_one(run, rows.items[i].id, lines.items[i].seq);
        if (!is_ok(done))
            TRY(job_failed(run, rows.items[i].log, done));
        TRY(job_step(run));
    }
    run->more = run->more || rows.count == PAGE;
    return ok();
}

/* ---- T2 ---- */

/* The oldest first. */
static Err read_unconfirmed(const JobRun *run, Arena *keep, DeletionRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(run->store, &tx));
    return store_deletions_unconfirmed(tx, run->now, CONFIRMED_AT_ONCE, keep, ret_rows);
}

static Err confirm_one(JobRun *run, const DeletionRow *row)
{
    AUTO(arena_freep) Arena *keep = NULL;

    TRY(arena_new(ONE_ARENA, &keep));
    const PurgeOrder order = order_of(run, row->id, keep);
    TRY(purge_confirm(&order));
    run->counts.changed++;
    return ok();
}

static Err confirm_all(JobRun *run)
{
    AUTO(arena_freep) Arena *keep = NULL;
    DeletionRows rows = {0};

    TRY(arena_new(LIST_ARENA, &keep));
    TRY(read_unconfirmed(run, keep, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        if (clock_due(CLOCK_BACKUP_END, rows.items[i].purged_at, NULL) > run->now)
            return ok();
        Err done = confirm_one(run, &rows.items[i]);
        if (!is_ok(done))
            TRY(job_failed(run, rows.items[i].log, done));
        TRY(job_step(run));
    }
    run->more = run->more || rows.count == CONFIRMED_AT_ONCE;
    return ok();
}

Err deletion_run(JobRun *run)
{
    bool shared = false;
    Due due = {0};

    if (run->order->dry)
        return each_due(run, look_at_one, NULL);
    Err purged = each_due(run, purge_one, &due);
    purge_grant_end(run->service, due.grant);
    TRY(purged);
    if (due.gone > 0)
        TRY(is_shared(run, &due, &shared));
    if (due.gone > 0 && !shared) {
        TRY(destroy(run));
        TRY(record_all(run, due.gone));
    }
    TRY(sign_all(run));
    return confirm_all(run);
}

/* Turns an epoch in steps that may each be the last: begun with the agent, no older key let in, every key wrapped anew in batches, none
 * left, done with the agent.
 * Must not hold the database for longer than a batch takes.
 * Called by jobs.c, commands. */
#include "service/jobs/epoch.h"

#include "domain/clocks.h"
#include "keys/epochs.h"
#include "store/moving/scopes.h"

#define BATCH_ARENA ((size_t)4 << 20)
#define REST_MS 250   /* longer than a request takes from reading a key's row to asking for the key */
#define STALE_MAX 100 /* batches in a row in which somebody changed a key meanwhile */

/* One turn on its way. */
typedef struct Turning {
    Service *service;
    const EpochOrder *order;
    Store *store;
    Epochs epochs;
    EpochDestroyed destroyed; /* as it was before the turn began */
    bool begins;
    Id request;
    uint32_t wrapped;
} Turning;

/* ---- lines ---- */

static AuditLine line_of(const Turning *turning, Act act, uint32_t amount, int64_t now)
{
    return (AuditLine){.at = now, .request = turning->request, .person = turning->order->by, .act = act, .amount = amount,
                       .outcome = AUDIT_ALLOWED};
}

typedef struct Batch {
    Turning *turning;
    const ScopeKeyRows *rows;
    const RewrapItem *items;
    int64_t now;
} Batch;

/* All of them hang on one line, by one digest over all of them; each row has its own in it. */
static Err batch_work(Tx *tx, void *context)
{
    const Batch *batch = context;

    for (uint32_t i = 0; i < batch->rows->count; i++) {
        const WrappedKey *renewed = &batch->items[i].renewed;
        ScopeKeyRow row = batch->rows->items[i];
        row.epoch = renewed->epoch;
        row.wrapped = str_from_bytes(renewed->bytes, WRAPPED_BYTES);
        row.blind_index = renewed->has_index ? str_from_bytes(renewed->index, INDEX_BYTES) : STR_NONE;
        TRY(store_scope_update(tx, &row));
    }
    const AuditLine line = line_of(batch->turning, ACT_EPOCH_REWRAP, batch->rows->count, batch->now);
    return store_audit(tx, &line);
}

/* ---- batches ---- */

static Err read_older(Turning *turning, Arena *arena, ScopeKeyRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(turning->store, &tx));
    return store_scopes_older(tx, turning->epochs.present, REWRAP_MAX, arena, ret_rows);
}

/* E_STALE: somebody changed one of them, and the batch is read again. */
static Err wrap_batch(Turning *turning, uint32_t *ret_count)
{
    AUTO(arena_freep) Arena *arena = NULL;
    ScopeKeyRows rows = {0};
    RewrapItem *items = NULL;
    size_t bad = 0;

    TRY(arena_new(BATCH_ARENA, &arena));
    TRY(read_older(turning, arena, &rows));
    *ret_count = rows.count;
    if (rows.count == 0)
        return ok();
    TRY(ARENA_NEW(arena, RewrapItem, rows.count, &items));
    for (uint32_t i = 0; i < rows.count; i++)
        items[i] = (RewrapItem){.kind = (ScopeKind)rows.items[i].kind, .scope = rows.items[i].scope, .wrapped = rows.items[i].wrapped};
    TRY(keys_rewrap_many(turning->service->keys, turning->order->tenant, items, rows.count, &bad));
    Batch batch = {.turning = turning, .rows = &rows, .items = items};
    TRY(world_now(turning->service->world, &batch.now));
    TRY(store_write(turning->store, batch_work, &batch));
    turning->wrapped += rows.count;
    return turning->order->tell ? turning->order->tell(turning->order->self, turning->wrapped) : ok();
}

static Err wrap_all(Turning *turning)
{
    uint32_t count = 1, stale = 0;

    while (count > 0) {
        Err wrapped = wrap_batch(turning, &count);
        stale = wrapped.id == E_STALE ? stale + 1 : 0;
        if (wrapped.id != E_STALE || stale > STALE_MAX)
            TRY(wrapped);
        count = wrapped.id == E_STALE ? 1 : count;
    }
    return ok();
}

/* ---- a turn ---- */

static Err read_destroyed(Store *store, EpochDestroyed *ret_destroyed)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(store, &tx));
    return store_epoch_destroyed(tx, ret_destroyed);
}

/* What was destroyed until now is over with this turn; of one that was cut before it stood here that is not known. */
static Err begin_work(Tx *tx, void *context)
{
    const Turning *turning = context;

    TRY(store_epoch_least(tx, turning->epochs.present));
    return turning->begins ? store_epoch_turned(tx, turning->destroyed.count) : ok();
}

static Err none_left(Turning *turning)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    int64_t left = 0;

    TRY(store_read(turning->store, &tx));
    TRY(store_scopes_older_count(tx, turning->epochs.present, &left));
    return left == 0 ? ok() : fail(E_INTERNAL);
}

static Err line_work(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

static Err end(Turning *turning)
{
    int64_t now = 0;

    TRY(none_left(turning));
    if (turning->order->rest)
        turning->order->rest(turning->order->self, REST_MS);
    TRY(world_now(turning->service->world, &now));
    Err done = keys_epoch_done(turning->service->keys, turning->order->tenant, turning->epochs.present,
                               clock_due(CLOCK_BACKUP_END, now, NULL));
    if (done.id == E_RANGE)
        return fail(E_BUSY);
    TRY(done);
    AuditLine line = line_of(turning, ACT_EPOCH_DONE, turning->epochs.former, now);
    TRY(store_write(turning->store, line_work, &line));
    Err purged = store_purge_remains(turning->store);
    (void)purged; /* stays marked, and serve tells what waits; nothing of it opens any more */
    return ok();
}

/* Begins it, or goes on where one was cut. */
static Err turn_once(Turning *turning)
{
    const Id tenant = turning->order->tenant;
    Keys *keys = turning->service->keys;

    TRY(world_id(turning->service->world, &turning->request));
    TRY(read_destroyed(turning->store, &turning->destroyed));
    TRY(keys_epoch(keys, tenant, &turning->epochs));
    turning->begins = turning->epochs.former == 0;
    if (turning->begins)
        TRY(keys_epoch_turn(keys, tenant, &turning->epochs));
    TRY(store_write(turning->store, begin_work, turning));
    TRY(wrap_all(turning));
    return end(turning);
}

static Err turning_of(Service *service, const EpochOrder *order, Turning *ret_turning)
{
    *ret_turning = (Turning){.service = service, .order = order};
    if (id_is_none(order->tenant))
        ret_turning->store = store_host(service->stores);
    else
        TRY(store_of(service->stores, order->tenant, &ret_turning->store));
    return keys_epoch(service->keys, order->tenant, &ret_turning->epochs);
}

Err epoch_turn(Service *service, const EpochOrder *order, uint32_t *ret_wrapped)
{
    Turning turning = {0};

    TRY(turning_of(service, order, &turning));
    if (turning.epochs.former != 0)
        TRY(turn_once(&turning));
    TRY(turn_once(&turning));
    *ret_wrapped = turning.wrapped;
    return ok();
}

/* ---- the job ---- */

static Err step(void *self, uint32_t wrapped)
{
    JobRun *run = self;

    run->counts.looked = run->counts.changed = wrapped;
    return job_step(run);
}

static void rest(void *self, int ms)
{
    const JobRun *run = self;

    if (run->order->hearer && run->order->hearer->rest)
        run->order->hearer->rest(run->order->hearer->self, ms);
}

static bool is_old(const Epochs *epochs, int64_t now)
{
    return epochs->turned_at == 0 || now >= clock_due(CLOCK_EPOCH_TURN, epochs->turned_at, NULL);
}

Err epoch_run(JobRun *run)
{
    const EpochOrder order = {.tenant = run->order->tenant, .by = run->order->by, .self = run, .tell = step, .rest = rest};
    EpochDestroyed destroyed = {0};
    Turning turning = {0};

    TRY(turning_of(run->service, &order, &turning));
    if (run->order->dry)
        return ok();
    if (turning.epochs.former != 0) {
        TRY(turn_once(&turning));
        TRY(keys_epoch(run->service->keys, order.tenant, &turning.epochs));
    }
    TRY(read_destroyed(run->store, &destroyed));
    if (destroyed.count == destroyed.turned && !is_old(&turning.epochs, run->now))
        return ok();
    return turn_once(&turning);
}

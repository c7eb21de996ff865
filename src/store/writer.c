/* The one thread that writes: it takes all works that wait, runs each in a savepoint, commits once and wakes them all.
 * Must not let two connections write to one database, nor answer before a commit is durable.
 * Called through store_write, store_of, store_purge_remains and stores_purge_waiting. */
#include <stdlib.h>
#include <string.h>

#include "store/catch_up.h"
#include "store/migrate.h"
#include "store/stores_priv.h"

#define SCRATCH_MAX ((size_t)256 << 20)
#define TIDY_AFTER_MS 200 /* shorter, and each of many databases is tidied after every commit: two more syncs */

typedef struct Batch {
    Store *store;
    Work *works[BATCH_MAX];
    uint32_t count;
} Batch;

static const Driver *driver_of(const Writer *writer)
{
    return writer->stores->driver;
}

static void link_close(Writer *writer, Store *store)
{
    if (!store->writing)
        return;
    driver_of(writer)->close(store->writing);
    store->writing = NULL;
    store->untidy = false;
    writer->open_links--;
}

/* The open connection that was used longest ago. */
static Store *oldest_open(Writer *writer)
{
    Store *oldest = NULL;

    for (uint32_t i = 0; i < STORE_BUCKETS; i++)
        for (Store *store = writer->stores->buckets[i]; store; store = store->next)
            if (store->writing && (!oldest || store->written_turn < oldest->written_turn))
                oldest = store;
    return oldest;
}

static void make_room(Writer *writer)
{
    if (writer->open_links < writer->stores->writing_max)
        return;
    mutex_lock(&writer->stores->lock);
    Store *oldest = oldest_open(writer);
    mutex_unlock(&writer->stores->lock);
    if (!oldest)
        return;
    driver_of(writer)->tidy(oldest->writing, true);
    link_close(writer, oldest);
}

static Err link_open(Writer *writer, Store *store)
{
    const Driver *driver = driver_of(writer);
    Link *link = NULL;
    int64_t now;

    store->written_turn = ++writer->turn;
    if (store->writing)
        return ok();
    make_room(writer);
    TRY(world_now(writer->stores->world, &now));
    TRY(driver->connect(writer->stores->place, store->database, LINK_WRITES, &link));
    const Steps steps = {.list = store_migrations, .count = store_migration_count, .now = now, .prover = writer->stores->prover,
                         .tenant = store->tenant};
    Err error = migrate(driver, link, &steps);
    if (!is_ok(error)) {
        driver->close(link);
        return error;
    }
    if (driver->cool)
        driver->cool(link);
    store->writing = link;
    writer->open_links++;
    return ok();
}

/* Connections to all databases stay open, but only those written last keep what takes much memory. */
static void note_recent(Writer *writer, Store *store)
{
    for (uint32_t i = 0; i < WRITER_RECENT; i++)
        if (writer->recent[i] == store)
            return;
    Store *former = writer->recent[writer->recent_next];
    writer->recent[writer->recent_next] = store;
    writer->recent_next = (writer->recent_next + 1) % WRITER_RECENT;
    if (former && former->writing && driver_of(writer)->rest)
        driver_of(writer)->rest(former->writing);
}

static Err undo_work(Tx *tx)
{
    TRY(tx->driver->step_tx(tx->link, TX_ROLLBACK_TO));
    return tx->driver->step_tx(tx->link, TX_RELEASE);
}

static Err run_in_savepoint(Tx *tx, Work *work)
{
    TRY(work->run(tx, work->context));
    tx->driver->finish(tx->link);
    TRY(tx_work_end(tx));
    return tx->saved ? tx->driver->step_tx(tx->link, TX_RELEASE) : ok();
}

/* A work that changed nothing leaves nothing to undo; one whose statement was refused leaves a transaction that is none. */
static Err undo(Tx *tx)
{
    if (tx->saved)
        return undo_work(tx);
    return tx->refused || tx->ending ? fail(E_STORE) : ok();
}

/* Leaves tx->storage set when the batch cannot go on. */
static Err run_work(Tx *tx, Work *work)
{
    const ChainHead before = tx->chain;
    const bool known = tx->chain_known;
    Ledger *ledger = store_ledger(tx->store);
    const uint32_t waiting = ledger ? ledger_mark(ledger) : 0;
    size_t mark = arena_mark(tx->scratch);

    tx_work_begin(tx);
    Err error = run_in_savepoint(tx, work);
    arena_rewind(tx->scratch, mark);
    if (is_ok(error) || !is_ok(tx->storage))
        return error;
    tx->driver->finish(tx->link);
    if (ledger)
        ledger_drop(ledger, waiting);
    tx->chain = before;
    tx->chain_known = known;
    Err undone = undo(tx);
    if (!is_ok(undone))
        tx->storage = undone;
    return error;
}

/* What was committed and could not be written into the ledger is caught up with before anything else is written there. */
static Err commit(Tx *tx)
{
    Ledger *ledger = store_ledger(tx->store);

    if (!ledger)
        return tx->driver->commit(tx->link);
    ledger_hold(ledger);
    Err done = tx->driver->commit(tx->link);
    if (is_ok(done) && !is_ok(ledger_write(ledger)))
        done = fail(E_UNKNOWN_OUTCOME);
    ledger_drop(ledger, 0);
    ledger_let_go(ledger);
    tx->store->recorded = is_ok(done);
    return done;
}

Err writer_commit(Tx *tx)
{
    TRY(commit(tx));
    if (tx->chain_known && tx->chain_goes_on)
        tx->store->left = tx->chain;
    return ok();
}

static Err run_all(Tx *tx, Batch *batch)
{
    TRY(tx->driver->begin(tx->link));
    for (uint32_t i = 0; i < batch->count; i++) {
        Work *work = batch->works[i];
        if (work->kind != WORK_RUN)
            continue;
        work->result = run_work(tx, work);
        if (!is_ok(tx->storage))
            return tx->storage;
    }
    return writer_commit(tx);
}

static void fail_all(Batch *batch, Err error)
{
    for (uint32_t i = 0; i < batch->count; i++)
        batch->works[i]->result = error;
}

static bool any_of(const Batch *batch, enum work_kind kind)
{
    for (uint32_t i = 0; i < batch->count; i++)
        if (batch->works[i]->kind == kind)
            return true;
    return false;
}

static void purge(const Writer *writer, Batch *batch)
{
    Err error = driver_of(writer)->purge(batch->store->writing);
    for (uint32_t i = 0; i < batch->count; i++)
        if (batch->works[i]->kind == WORK_PURGE)
            batch->works[i]->result = error;
}

static void begin_batch(Writer *writer, Store *store)
{
    writer->tx = (Tx){.driver = driver_of(writer), .link = store->writing, .store = store, .writing = true,
                      .scratch = writer->scratch, .sha = writer->sha};
}

/* Nothing is written to a database before the ledger has all that ended there. */
static Err record_first(Tx *tx)
{
    if (!store_ledger(tx->store) || tx->store->recorded)
        return ok();
    size_t mark = arena_mark(tx->scratch);
    Err done = catch_up(tx);
    arena_rewind(tx->scratch, mark);
    tx->store->recorded = is_ok(done);
    return done;
}

/* After an error of the database nothing of the batch stands. The connection is closed: the next batch opens a new one
 * and so finds by itself when the cause is gone. */
static void run_batch(Writer *writer, Batch *batch)
{
    Store *store = batch->store;
    Tx *tx = &writer->tx;
    Err error = link_open(writer, store);

    if (!is_ok(error)) {
        fail_all(batch, error);
        return;
    }
    if (any_of(batch, WORK_RUN) || any_of(batch, WORK_RECORD)) {
        begin_batch(writer, store);
        error = record_first(tx);
        if (is_ok(error) && any_of(batch, WORK_RUN)) {
            begin_batch(writer, store);
            error = run_all(tx, batch);
        }
        store->untidy = true;
    }
    if (!is_ok(error)) {
        if (store_ledger(store))
            ledger_drop(store_ledger(store), 0);
        fail_all(batch, error);
        tx->driver->finish(tx->link);
        /* Closing rolls back too; what this says changes nothing any more. */
        Err undone = tx->driver->step_tx(tx->link, TX_ROLLBACK);
        (void)undone;
        link_close(writer, store);
    } else if (any_of(batch, WORK_PURGE)) {
        purge(writer, batch);
    }
}

/* Nobody is woken under the lock: they would only wait for it. */
static void wake(Writer *writer, Batch *batch)
{
    uint64_t works = 0;
    bool failed = false;

    mutex_lock(&writer->lock);
    for (uint32_t i = 0; i < batch->count; i++) {
        Work *work = batch->works[i];
        works += work->kind == WORK_RUN;
        if (work->kind == WORK_PURGE)
            batch->store->remains = !is_ok(work->result);
        failed = failed || work->result.id == E_STORE || work->result.id == E_DISK_FULL ||
                 work->result.id == E_UNKNOWN_OUTCOME;
    }
    writer->figures.works += works;
    writer->figures.commits += works > 0 && !failed;
    batch->store->commits += works > 0; /* also when the outcome is unknown */
    writer->figures.failed_commits += failed;
    writer->figures.writing_connections = writer->open_links;
    mutex_unlock(&writer->lock);
    for (uint32_t i = 0; i < batch->count; i++)
        latch_open(&batch->works[i]->done);
}

/* At most BATCH_MAX works of one database, the one whose work waits longest; the others keep their order. */
static bool take(Writer *writer, Batch *batch)
{
    Work **at = &writer->first;

    batch->store = NULL;
    batch->count = 0;
    while (*at && batch->count < BATCH_MAX) {
        Work *work = *at;
        if (!batch->store)
            batch->store = work->store;
        if (work->store != batch->store) {
            at = &work->next;
            continue;
        }
        *at = work->next;
        batch->works[batch->count++] = work;
        writer->waiting--;
    }
    writer->last = &writer->first;
    while (*writer->last)
        writer->last = &(*writer->last)->next;
    return batch->count > 0;
}

static void tidy_all(Writer *writer)
{
    mutex_lock(&writer->stores->lock);
    for (uint32_t i = 0; i < STORE_BUCKETS; i++)
        for (Store *store = writer->stores->buckets[i]; store; store = store->next)
            if (store->writing && store->untidy) {
                driver_of(writer)->tidy(store->writing, true);
                store->untidy = false;
            }
    mutex_unlock(&writer->stores->lock);
}

/* Waits for work; tidies while nothing waits. False: stopped and the queue is empty. */
static bool next_batch(Writer *writer, Batch *batch)
{
    bool idle_told = false;

    mutex_lock(&writer->lock);
    while (!take(writer, batch)) {
        if (writer->stop)
            break;
        if (!idle_told && !condition_wait_for(&writer->filled, &writer->lock, TIDY_AFTER_MS)) {
            mutex_unlock(&writer->lock);
            tidy_all(writer);
            mutex_lock(&writer->lock);
            idle_told = true;
        } else if (idle_told && !writer->first) {
            condition_wait(&writer->filled, &writer->lock);
        }
    }
    mutex_unlock(&writer->lock);
    return batch->count > 0;
}

static void *writer_run(void *argument)
{
    Writer *writer = argument;
    Batch batch;

    while (next_batch(writer, &batch)) {
        run_batch(writer, &batch);
        wake(writer, &batch);
        if (batch.store->writing)
            driver_of(writer)->tidy(batch.store->writing, false);
        note_recent(writer, batch.store);
    }
    return NULL;
}

Err writer_start(Stores *stores)
{
    Writer *writer = &stores->writer;

    writer->stores = stores;
    writer->last = &writer->first;
    TRY(arena_new(SCRATCH_MAX, &writer->scratch));
    TRY(sha256_new(&writer->sha));
    mutex_init(&writer->lock);
    condition_init(&writer->filled);
    TRY(thread_start(&writer->thread, writer_run, writer));
    writer->running = true;
    return ok();
}

void writer_stop(Stores *stores)
{
    Writer *writer = &stores->writer;

    if (writer->running) {
        mutex_lock(&writer->lock);
        writer->stop = true;
        condition_wake_all(&writer->filled);
        mutex_unlock(&writer->lock);
        thread_join(writer->thread);
        for (uint32_t i = 0; i < STORE_BUCKETS; i++)
            for (Store *store = stores->buckets[i]; store; store = store->next) {
                if (store->writing)
                    driver_of(writer)->tidy(store->writing, true);
                link_close(writer, store);
            }
        condition_done(&writer->filled);
        mutex_done(&writer->lock);
    }
    sha256_free(writer->sha);
    arena_free(writer->scratch);
}

Err writer_do(Store *store, enum work_kind kind, Err (*run)(Tx *tx, void *context), void *context)
{
    Writer *writer = &store->stores->writer;
    Work work = {.kind = kind, .store = store, .run = run, .context = context, .result = ok()};

    if (store->stores->reading_only)
        return fail(E_INTERNAL);
    latch_init(&work.done);
    mutex_lock(&writer->lock);
    bool taken = writer->waiting < WAITING_MAX && !writer->stop;
    if (taken) {
        *writer->last = &work;
        writer->last = &work.next;
        writer->waiting++;
    }
    mutex_unlock(&writer->lock);
    if (taken) {
        condition_wake_one(&writer->filled);
        latch_wait(&work.done);
    }
    latch_done(&work.done);
    return taken ? work.result : fail(E_BUSY);
}

uint64_t store_commits(Store *store)
{
    Writer *writer = &store->stores->writer;

    if (store->stores->reading_only)
        return 0;
    mutex_lock(&writer->lock);
    uint64_t commits = store->commits;
    mutex_unlock(&writer->lock);
    return commits;
}

Err store_write(Store *store, Err (*work)(Tx *tx, void *context), void *context)
{
    return writer_do(store, WORK_RUN, work, context);
}

Err store_purge_remains(Store *store)
{
    return writer_do(store, WORK_PURGE, NULL, NULL);
}

Err store_record(Store *store)
{
    Writer *writer = &store->stores->writer;

    if (store->stores->reading_only || !store->stores->ledger)
        return ok();
    mutex_lock(&writer->lock);
    bool recorded = store->recorded_seen;
    mutex_unlock(&writer->lock);
    if (recorded)
        return ok();
    TRY(writer_do(store, WORK_RECORD, NULL, NULL));
    mutex_lock(&writer->lock);
    store->recorded_seen = true;
    mutex_unlock(&writer->lock);
    return ok();
}

bool writer_purge_waiting(Store *store)
{
    Writer *writer = &store->stores->writer;

    if (store->stores->reading_only)
        return false;
    mutex_lock(&writer->lock);
    bool remains = store->remains;
    mutex_unlock(&writer->lock);
    return remains && !is_ok(store_purge_remains(store));
}

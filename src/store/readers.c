/* The pool of reading connections over all databases: each gives one thread one snapshot at a time.
 * Must not ever write or checkpoint: the connections are read-only.
 * Called through store_read. */
#include "store/readers.h"

#include <string.h>

#include "store/stores_priv.h"

Err readers_start(Stores *stores, uint32_t count)
{
    if (count > READERS_MAX)
        return fail(E_RANGE);
    stores->readers.count = count;
    mutex_init(&stores->readers.lock);
    condition_init(&stores->readers.freed);
    return ok();
}

/* ---- what is idle; all under the lock ---- */

static void put_idle(Readers *readers, Reader *reader)
{
    reader->next = reader->store->idle;
    reader->store->idle = reader;
    reader->older = readers->newest;
    reader->newer = NULL;
    *(readers->newest ? &readers->newest->newer : &readers->oldest) = reader;
    readers->newest = reader;
}

static void take_idle(Readers *readers, Reader *reader)
{
    Reader **at = &reader->store->idle;

    while (*at != reader)
        at = &(*at)->next;
    *at = reader->next;
    *(reader->older ? &reader->older->newer : &readers->oldest) = reader->newer;
    *(reader->newer ? &reader->newer->older : &readers->newest) = reader->older;
    reader->next = reader->older = reader->newer = NULL;
}

static void put_unconnected(Readers *readers, Reader *reader)
{
    reader->next = readers->unconnected;
    readers->unconnected = reader;
    readers->unconnected_count++;
}

static Reader *take_unconnected(Readers *readers)
{
    Reader *reader = readers->unconnected;

    if (reader) {
        readers->unconnected = reader->next;
        readers->unconnected_count--;
    } else if (readers->begun < readers->count) {
        reader = &readers->items[readers->begun++];
    }
    return reader;
}

/* Somewhere in a list of so many, another place each time. */
static uint32_t any_place(const Readers *readers, uint32_t count)
{
    return (uint32_t)(readers->turn * UINT64_C(0x9E3779B97F4A7C15) >> 32) % count;
}

/* The idle connection that is closed for one to another database: of a database that has several, the one used longest ago;
 * else any. The one used longest ago of all would be wrong: where all municipalities are read in turn, it is the one that
 * comes next. */
static Reader *to_give_up(Readers *readers)
{
    const uint32_t place = any_place(readers, readers->count);
    uint32_t at = 0;
    Reader *any = NULL;

    for (Reader *reader = readers->oldest; reader; reader = reader->newer) {
        bool one_of_several = reader->store->idle->next != NULL;
        if (one_of_several)
            return reader;
        if (at++ <= place)
            any = reader;
    }
    return any;
}

/* An idle connection to this database, else an empty place, else one that another database gives up. */
static Reader *take(Readers *readers, const Store *store)
{
    Reader *reader = store->idle;

    if (!reader && (reader = take_unconnected(readers)))
        return reader;
    if (!reader)
        reader = to_give_up(readers);
    if (reader)
        take_idle(readers, reader);
    return reader;
}

static void give_back(Readers *readers, Reader *reader)
{
    if (reader->link)
        put_idle(readers, reader);
    else
        put_unconnected(readers, reader);
    condition_wake_one(&readers->freed);
}

/* ---- who keeps prepared statements ---- */

static void add_warm(Readers *readers, Reader *reader)
{
    if (reader->warm_place > 0)
        return;
    readers->warm[readers->warm_count++] = reader;
    reader->warm_place = readers->warm_count;
}

static void remove_warm(Readers *readers, Reader *reader)
{
    if (reader->warm_place == 0)
        return;
    Reader *last = readers->warm[--readers->warm_count];
    readers->warm[reader->warm_place - 1] = last;
    last->warm_place = reader->warm_place;
    reader->warm_place = 0;
}

static bool is_idle(const Readers *readers, const Reader *reader)
{
    return reader->older || reader->newer || readers->oldest == reader;
}

/* An idle connection whose statements go when too many have some: any of them, for the same reason. */
static Reader *take_to_cool(Readers *readers, uint32_t warm_max)
{
    if (readers->warm_count <= warm_max)
        return NULL;
    const uint32_t start = any_place(readers, readers->warm_count);
    for (uint32_t i = 0; i < readers->warm_count; i++) {
        Reader *reader = readers->warm[(start + i) % readers->warm_count];
        if (!is_idle(readers, reader))
            continue;
        take_idle(readers, reader);
        remove_warm(readers, reader);
        return reader;
    }
    return NULL;
}

/* ---- one connection, outside the lock ---- */

static void drop(Stores *stores, Reader *reader)
{
    if (reader->link)
        stores->driver->close(reader->link);
    reader->link = NULL;
    reader->store = NULL;
}

void readers_stop(Stores *stores)
{
    for (uint32_t i = 0; i < stores->readers.begun; i++) {
        drop(stores, &stores->readers.items[i]);
        sha256_free(stores->readers.items[i].sha);
    }
    condition_done(&stores->readers.freed);
    mutex_done(&stores->readers.lock);
}

void readers_figures(Stores *stores, StoreFigures *figures)
{
    const Readers *readers = &stores->readers;

    mutex_lock(&stores->readers.lock);
    figures->reading_connections = readers->begun - readers->unconnected_count;
    figures->warm_connections = readers->warm_count;
    mutex_unlock(&stores->readers.lock);
}

static Err connect(Stores *stores, Store *store, Reader *reader)
{
    if (reader->store != store)
        drop(stores, reader);
    if (!reader->sha)
        TRY(sha256_new(&reader->sha));
    if (!reader->link)
        TRY(stores->driver->connect(stores->place, store->database, LINK_READS, &reader->link));
    reader->store = store;
    return ok();
}

static Err begin(Stores *stores, Store *store, Reader *reader)
{
    TRY(connect(stores, store, reader));
    Err error = stores->driver->begin(reader->link);
    if (is_ok(error))
        return error;
    /* The server may have ended a connection that lay idle: once more with a new one. */
    drop(stores, reader);
    TRY(connect(stores, store, reader));
    return stores->driver->begin(reader->link);
}

/* Gives a connection back, and takes the statements of another where too many have some. */
static void end(Stores *stores, Reader *reader)
{
    Readers *readers = &stores->readers;
    Reader *cooled = NULL;

    mutex_lock(&readers->lock);
    if (reader->link)
        add_warm(readers, reader);
    else
        remove_warm(readers, reader);
    give_back(readers, reader);
    if (stores->driver->cool)
        cooled = take_to_cool(readers, stores->driver->warm_max);
    mutex_unlock(&readers->lock);
    if (!cooled)
        return;
    stores->driver->cool(cooled->link);
    mutex_lock(&readers->lock);
    give_back(readers, cooled);
    mutex_unlock(&readers->lock);
}

Err store_read(Store *store, Tx **ret_tx)
{
    Stores *stores = store->stores;
    Readers *readers = &stores->readers;
    Reader *reader;
    bool in_time = true;

    mutex_lock(&readers->lock);
    while (!(reader = take(readers, store)) && in_time)
        in_time = condition_wait_for(&readers->freed, &readers->lock, READER_WAIT_MS);
    readers->turn++;
    mutex_unlock(&readers->lock);
    if (!reader)
        return fail(E_BUSY);

    Err error = begin(stores, store, reader);
    if (!is_ok(error)) {
        drop(stores, reader);
        end(stores, reader);
        return error;
    }
    reader->tx = (Tx){.driver = stores->driver, .link = reader->link, .store = store, .reader = reader, .sha = reader->sha};
    *ret_tx = &reader->tx;
    return ok();
}

Err store_read_alone(Store *store, Tx **ret_tx)
{
    Tx *tx = NULL;

    if (store->stores->driver->alone) {
        TRY(store_read(store, &tx));
        Err waited = store->stores->driver->alone(tx->link);
        if (!is_ok(waited)) {
            store_read_end(tx);
            return waited;
        }
    }
    *ret_tx = tx;
    return ok();
}

void store_read_end(Tx *tx)
{
    if (!tx)
        return;
    Reader *reader = tx->reader;
    Stores *stores = reader->store->stores;
    stores->driver->finish(reader->link);
    Err ended = stores->driver->step_tx(reader->link, TX_ROLLBACK);
    if (!is_ok(ended) || stores->driver->broken(reader->link))
        drop(stores, reader);
    else if (stores->driver->rest)
        stores->driver->rest(reader->link);
    end(stores, reader);
}

void store_read_endp(Tx **tx)
{
    store_read_end(TAKE(*tx));
}

void store_read_last(Tx *tx)
{
    if (tx->driver->last && !tx->writing)
        tx->driver->last(tx->link);
}

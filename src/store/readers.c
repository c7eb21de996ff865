/* The pool of reading connections over all databases: each gives one thread one snapshot at a time.
 * Must not ever write or checkpoint: the connections are read-only.
 * Called through store_read. */
#include <string.h>

#include "store/stores_priv.h"

Err readers_start(Stores *stores, uint32_t count)
{
    if (count > READERS_MAX)
        return fail(E_RANGE);
    stores->readers.count = count > 0 ? count : READERS_MAX;
    mutex_init(&stores->readers.lock);
    condition_init(&stores->readers.freed);
    return ok();
}

static void drop(Stores *stores, Reader *reader)
{
    if (reader->link)
        stores->driver->close(reader->link);
    reader->link = NULL;
    reader->store = NULL;
}

void readers_stop(Stores *stores)
{
    for (uint32_t i = 0; i < READERS_MAX; i++) {
        drop(stores, &stores->readers.items[i]);
        sha256_free(stores->readers.items[i].sha);
    }
    condition_done(&stores->readers.freed);
    mutex_done(&stores->readers.lock);
}

uint32_t readers_open(Stores *stores)
{
    uint32_t open = 0;

    mutex_lock(&stores->readers.lock);
    for (uint32_t i = 0; i < stores->readers.count; i++)
        open += stores->readers.items[i].link != NULL;
    mutex_unlock(&stores->readers.lock);
    return open;
}

/* An idle connection to this database, else an empty place, else the idle one used longest ago. */
static Reader *choose(Readers *readers, const Store *store)
{
    Reader *best = NULL;

    for (uint32_t i = 0; i < readers->count; i++) {
        Reader *reader = &readers->items[i];
        if (reader->busy)
            continue;
        if (reader->store == store)
            return reader;
        if (!best || reader->used_turn < best->used_turn)
            best = reader;
    }
    return best;
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

static void give_back(Stores *stores, Reader *reader)
{
    mutex_lock(&stores->readers.lock);
    reader->busy = false;
    condition_wake_one(&stores->readers.freed);
    mutex_unlock(&stores->readers.lock);
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

Err store_read(Store *store, Tx **ret_tx)
{
    Stores *stores = store->stores;
    Readers *readers = &stores->readers;
    Reader *reader;
    bool in_time = true;

    mutex_lock(&readers->lock);
    while (!(reader = choose(readers, store)) && in_time)
        in_time = condition_wait_for(&readers->freed, &readers->lock, READER_WAIT_MS);
    if (reader) {
        reader->busy = true;
        reader->used_turn = ++readers->turn;
    }
    mutex_unlock(&readers->lock);
    if (!reader)
        return fail(E_BUSY);

    Err error = begin(stores, store, reader);
    if (!is_ok(error)) {
        drop(stores, reader);
        give_back(stores, reader);
        return error;
    }
    reader->tx = (Tx){.driver = stores->driver, .link = reader->link, .store = store, .reader = reader, .sha = reader->sha};
    *ret_tx = &reader->tx;
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
    give_back(stores, reader);
}

void store_read_endp(Tx **tx)
{
    store_read_end(TAKE(*tx));
}

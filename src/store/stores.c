/* All databases of one installation: the host's and one per municipality, opened when first asked for.
 * Must not hold rows.
 * Called by main, cli and service. */
#include <stdlib.h>
#include <string.h>

#include "store/migrate.h"
#include "store/readers.h"
#include "store/stores_priv.h"
#include "sys/file.h"

static const char host_name[] = "host";

const char *store_database(const Store *store)
{
    return store->database;
}

Id store_tenant(const Store *store)
{
    return store->tenant;
}

uint16_t store_writer(const Store *store)
{
    return store->stores->writer_id;
}

Ledger *store_ledger(const Store *store)
{
    return store->stores->ledger;
}

Err store_ledger_each(Stores *stores, const LedgerWatch *watch)
{
    return stores->ledger ? ledger_each(stores->ledger, watch) : ok();
}

Prover store_prover(const Store *store)
{
    return store->stores->prover;
}

bool store_left(const Store *store, ChainHead *ret_head)
{
    *ret_head = store->left;
    return store->left.seq != 0;
}

bool store_tells_cut(Store *store)
{
    bool first = !store->cut_told;

    store->cut_told = true;
    return first;
}

Err store_prove(const Store *store, const Hash *digest, Hash *ret_proof)
{
    const Prover *prover = &store->stores->prover;

    return prover->prove(prover->self, store->tenant, digest, ret_proof);
}

static uint32_t bucket_of(Id tenant)
{
    return (uint32_t)(tenant.bytes[0] << 8 | tenant.bytes[1]) % STORE_BUCKETS;
}

static Store *find(Stores *stores, Id tenant)
{
    for (Store *store = stores->buckets[bucket_of(tenant)]; store; store = store->next)
        if (id_equal(store->tenant, tenant))
            return store;
    return NULL;
}

/* The host is the tenant of zeros (rules: keys 3). */
static void name_of(Id tenant, char ret_name[static DATABASE_NAME])
{
    if (id_is_none(tenant))
        memcpy(ret_name, host_name, sizeof host_name);
    else
        id_to_text(tenant, ret_name);
}

/* A store is kept until the end, so there is none for a database that nobody made: whoever makes names up leaves nothing. */
static Err known_or_there(Stores *stores, Id tenant)
{
    char name[DATABASE_NAME];

    mutex_lock(&stores->lock);
    const bool known = find(stores, tenant) != NULL;
    mutex_unlock(&stores->lock);
    if (known)
        return ok();
    name_of(tenant, name);
    return stores->driver->find(stores->place, name);
}

/* Under the lock. */
static Err find_or_add(Stores *stores, Id tenant, Store **ret_store)
{
    Store *store = find(stores, tenant);

    if (!store) {
        store = calloc(1, sizeof *store);
        if (!store)
            return fail(E_NO_MEMORY);
        store->stores = stores;
        store->tenant = tenant;
        store->remains = stores->driver->keeps_remains;
        name_of(tenant, store->database);
        Store **bucket = &stores->buckets[bucket_of(tenant)];
        store->next = *bucket;
        *bucket = store;
    }
    *ret_store = store;
    return ok();
}

static Err check_schema(Store *store)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(store, &tx));
    return migrate_check(tx->driver, tx->link, store_migrations, store_migration_count);
}

static Err open_store(Stores *stores, Id tenant, Store **ret_store)
{
    Store *store = NULL;

    TRY(known_or_there(stores, tenant));
    mutex_lock(&stores->lock);
    Err error = find_or_add(stores, tenant, &store);
    bool ready = is_ok(error) && store->ready;
    mutex_unlock(&stores->lock);
    TRY(error);
    if (!ready) {
        TRY(stores->reading_only ? check_schema(store) : writer_do(store, WORK_OPEN, NULL, NULL));
        mutex_lock(&stores->lock);
        store->ready = true;
        mutex_unlock(&stores->lock);
    }
    *ret_store = store;
    return ok();
}

Err store_of(Stores *stores, Id tenant, Store **ret_store)
{
    if (id_is_none(tenant))
        return fail(E_NOT_FOUND);
    return open_store(stores, tenant, ret_store);
}

Store *store_host(Stores *stores)
{
    return stores->host;
}

Err stores_create(Stores *stores, Id tenant)
{
    char database[DATABASE_NAME];
    Store *store;

    if (stores->reading_only)
        return fail(E_INTERNAL);
    if (id_is_none(tenant))
        return fail(E_DUPLICATE);
    id_to_text(tenant, database);
    TRY(stores->driver->create(stores->place, database));
    return open_store(stores, tenant, &store);
}

static Err open_host(Stores *stores)
{
    Err error = stores->driver->create(stores->place, host_name);

    if (error.id != E_DUPLICATE)
        TRY(error);
    return open_store(stores, (Id){{0}}, &stores->host);
}

/* Two connections to a database take five file handles; the other three eighths are left to whoever asks. */
static uint32_t at_most(uint32_t connections)
{
    uint64_t handles = file_handles_max() / 8;
    if (handles < 1)
        return 1;
    return handles < connections ? (uint32_t)handles : connections;
}

static Err start(Stores *stores, const StoresOptions *options)
{
    TRY(arena_new((size_t)64 << 10, &stores->arena));
    TRY(str_copy(stores->arena, options->place, &stores->place));
    uint32_t readers = at_most(options->driver->reading_max);
    stores->writing_max = at_most(options->driver->writing_max);
    if (options->ledger[0])
        TRY(ledger_open(&(LedgerPlaces){{options->ledger[0], options->ledger[1]}}, stores->reading_only, &stores->ledger));
    TRY(readers_start(stores, options->readers > 0 && options->readers < readers ? options->readers : readers));
    if (stores->reading_only)
        return open_store(stores, (Id){{0}}, &stores->host);
    TRY(writer_start(stores));
    return open_host(stores);
}

static Err open_all(const StoresOptions *options, bool reading_only, Stores **ret_stores)
{
    if (options->readers > READERS_MAX || !options->prover.prove)
        return fail(E_RANGE);
    Stores *stores = calloc(1, sizeof *stores);
    if (!stores)
        return fail(E_NO_MEMORY);
    stores->driver = options->driver;
    stores->world = options->world;
    stores->prover = options->prover;
    stores->writer_id = options->writer;
    stores->reading_only = reading_only;
    mutex_init(&stores->lock);
    Err error = start(stores, options);
    if (!is_ok(error)) {
        stores_close(stores);
        return error;
    }
    *ret_stores = stores;
    return ok();
}

Err stores_open(const StoresOptions *options, Stores **ret_stores)
{
    return open_all(options, false, ret_stores);
}

Err stores_open_reading(const StoresOptions *options, Stores **ret_stores)
{
    return open_all(options, true, ret_stores);
}

/* Stores are added at the front of their buckets and stay until the end: what follows one does not change. */
static Store *first_of(Stores *stores, uint32_t bucket)
{
    mutex_lock(&stores->lock);
    Store *first = stores->buckets[bucket];
    mutex_unlock(&stores->lock);
    return first;
}

uint32_t stores_purge_waiting(Stores *stores)
{
    uint32_t waiting = 0;

    for (uint32_t i = 0; i < STORE_BUCKETS; i++)
        for (Store *store = first_of(stores, i); store; store = store->next)
            waiting += writer_purge_waiting(store);
    return waiting;
}

void stores_close(Stores *stores)
{
    if (!stores)
        return;
    if (stores->readers.count > 0)
        readers_stop(stores);
    writer_stop(stores);
    for (uint32_t i = 0; i < STORE_BUCKETS; i++)
        while (stores->buckets[i]) {
            Store *store = stores->buckets[i];
            stores->buckets[i] = store->next;
            free(store);
        }
    mutex_done(&stores->lock);
    ledger_free(stores->ledger);
    arena_free(stores->arena);
    free(stores);
}

void stores_closep(Stores **stores)
{
    stores_close(*stores);
    *stores = NULL;
}

void stores_figures(Stores *stores, StoreFigures *ret_figures)
{
    StoreFigures figures;

    mutex_lock(&stores->writer.lock);
    figures = stores->writer.figures;
    mutex_unlock(&stores->writer.lock);
    readers_figures(stores, &figures);
    figures.databases_known = figures.databases_open = 0;
    mutex_lock(&stores->lock);
    for (uint32_t i = 0; i < STORE_BUCKETS; i++)
        for (const Store *store = stores->buckets[i]; store; store = store->next) {
            figures.databases_known++;
            figures.databases_open += store->ready;
        }
    mutex_unlock(&stores->lock);
    *ret_figures = figures;
}

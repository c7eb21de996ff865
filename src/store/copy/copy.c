/* Copies a database out of one snapshot, and fills an empty one.
 * Must not run a migration's later steps on what it fills: whoever opens it does.
 * Called by service/backup. */
#include "store/copy/copy.h"

#include <stdlib.h>
#include <string.h>

#include "store/copy/rows.h"
#include "store/migrate.h"
#include "store/stores_priv.h"

#define SCRATCH_MAX ((size_t)160 << 20)
#define COMMIT_ROWS 20000
#define COMMIT_BYTES ((size_t)32 << 20)

/* What ends with the machine, and what the schema's own steps write. A session that was ended after the copy was made would come back
 * with it, and what was ordered in one is made in it alone. */
static const char *const left_behind[] = {"schema_version", "session", "form_key", "backoff", "report_order"};

static bool stays_behind(const char *table)
{
    for (size_t i = 0; i < COUNT_OF(left_behind); i++)
        if (strcmp(table, left_behind[i]) == 0)
            return true;
    return false;
}

static Err step_hash(uint32_t steps, Hash *ret_hash)
{
    if (steps == 0 || steps > store_migration_count)
        return fail(E_SCHEMA);
    return sha256(str_from_c(store_migrations[steps - 1].sql), ret_hash->bytes);
}

/* ---- out ---- */

typedef struct Copying {
    const CopyTo *to;
    Arena *scratch;
} Copying;

static Err table_out(void *self, const CopyTable *table, bool *ret_wanted)
{
    const Copying *copying = self;
    size_t mark = arena_mark(copying->scratch);
    Str bytes;

    *ret_wanted = !stays_behind(table->name);
    if (!*ret_wanted)
        return ok();
    TRY(copy_table_encode(table, copying->scratch, &bytes));
    Err taken = copying->to->table(copying->to->self, bytes);
    arena_rewind(copying->scratch, mark);
    return taken;
}

static Err row_out(void *self, const Value *values, uint32_t count)
{
    const Copying *copying = self;
    size_t mark = arena_mark(copying->scratch);
    Str bytes;

    TRY(copy_row_encode(values, count, copying->scratch, &bytes));
    Err taken = copying->to->row(copying->to->self, bytes);
    arena_rewind(copying->scratch, mark);
    return taken;
}

/* Its head is read in the snapshot that is copied. */
static Err copy_held(Store *store, Link *link, const CopyTo *to)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(sha256_freep) Sha256 *sha = NULL;
    const Driver *driver = store->stores->driver;
    StoreHead stands;

    TRY(arena_new(SCRATCH_MAX, &scratch));
    TRY(sha256_new(&sha));
    Tx tx = {.driver = driver, .link = link, .store = store, .sha = sha, .scratch = scratch};
    TRY(migrate_check(driver, link, store_migrations, store_migration_count));
    TRY(store_head(&tx, scratch, &stands));
    driver->finish(link);
    CopyHead head = {.tenant = store->tenant, .steps = store_migration_count, .size = stands.size, .root = stands.root};
    TRY(step_hash(head.steps, &head.step_hash));
    TRY(to->head(to->self, &head));
    Copying copying = {.to = to, .scratch = scratch};
    const CopyOut out = {.self = &copying, .table = table_out, .row = row_out};
    return driver->copy_out(link, &out);
}

Err store_copy(Store *store, const CopyTo *to)
{
    const Driver *driver = store->stores->driver;
    Link *link = NULL;

    TRY(driver->connect(store->stores->place, store->database, LINK_READS, &link));
    Err copied = driver->hold(link);
    if (is_ok(copied))
        copied = copy_held(store, link, to);
    driver->close(link);
    return copied;
}

/* ---- in ---- */

static void name_of(Id tenant, char ret_name[static DATABASE_NAME])
{
    if (id_is_none(tenant))
        memcpy(ret_name, "host", sizeof "host");
    else
        id_to_text(tenant, ret_name);
}

Err copy_find(const StoresOptions *options, Id tenant)
{
    char database[DATABASE_NAME];

    name_of(tenant, database);
    return options->driver->find(options->place, database);
}

Err copy_forget(const StoresOptions *options, Id tenant)
{
    char database[DATABASE_NAME];

    name_of(tenant, database);
    return options->driver->forget(options->place, database);
}

struct Filling {
    const Driver *driver;
    Link *link;
    CopyTable table;
    bool in_table;
    uint32_t rows;    /* since the last commit, and their bytes */
    size_t bytes;
};

void filling_free(Filling *filling)
{
    if (!filling)
        return;
    if (filling->link)
        filling->driver->close(filling->link);
    free(filling);
}

void filling_freep(Filling **filling)
{
    filling_free(TAKE(*filling));
}

static Err make(const StoresOptions *options, const CopyHead *head, Filling *filling)
{
    const Driver *driver = options->driver;
    char database[DATABASE_NAME];
    Steps steps = {.list = store_migrations, .count = head->steps, .prover = options->prover, .tenant = head->tenant};

    name_of(head->tenant, database);
    TRY(world_now(options->world, &steps.now));
    TRY(driver->create(options->place, database));
    TRY(driver->connect(options->place, database, LINK_WRITES, &filling->link));
    TRY(migrate(driver, filling->link, &steps));
    return driver->fill_begin(filling->link);
}

Err filling_new(const StoresOptions *options, const CopyHead *head, Filling **ret_filling)
{
    AUTO(filling_freep) Filling *filling = NULL;
    Hash hash;

    TRY(step_hash(head->steps, &hash));
    if (memcmp(hash.bytes, head->step_hash.bytes, HASH_BYTES) != 0)
        return fail(E_SCHEMA);
    filling = calloc(1, sizeof *filling);
    if (!filling)
        return fail(E_NO_MEMORY);
    filling->driver = options->driver;
    TRY(make(options, head, filling));
    *ret_filling = TAKE(filling);
    return ok();
}

static Err end_table(Filling *filling)
{
    if (!filling->in_table)
        return ok();
    filling->in_table = false;
    filling->rows = 0;
    filling->bytes = 0;
    return filling->driver->fill_end(filling->link);
}

Err filling_table(Filling *filling, Str bytes)
{
    TRY(end_table(filling));
    TRY(copy_table_decode(bytes, &filling->table));
    if (stays_behind(filling->table.name))
        return fail(E_MALFORMED);
    TRY(filling->driver->fill_table(filling->link, &filling->table));
    filling->in_table = true;
    return ok();
}

/* A transaction does not grow without end: what is cut off is begun again from an empty place. */
Err filling_row(Filling *filling, Str bytes)
{
    Value values[COLUMNS_MAX];

    if (!filling->in_table)
        return fail(E_MALFORMED);
    TRY(copy_row_decode(bytes, filling->table.count, values));
    TRY(filling->driver->fill_row(filling->link, values));
    filling->bytes += bytes.length;
    if (++filling->rows < COMMIT_ROWS && filling->bytes < COMMIT_BYTES)
        return ok();
    TRY(end_table(filling));
    TRY(filling->driver->fill_table(filling->link, &filling->table));
    filling->in_table = true;
    return ok();
}

Err filling_done(Filling *filling)
{
    TRY(end_table(filling));
    return filling->driver->purge(filling->link);
}

/* Running statements on one connection and remembering which tracked rows were touched.
 * Must not know any table by name.
 * Called by the verbs. */
#include "store/tx.h"

#include <string.h>

#include "domain/policy/permit.h"
#include "store/alarm.h"
#include "store/audit.h"

/* The list of statements as a table, which the drivers read too. */
#define X(id, parameters_, columns_, sql_) \
    [SQL_##id] = {.name = #id, .parameters = "" parameters_, .columns = "" columns_, .sql = sql_},
const Statement statements[SQL_COUNT] = {STATEMENTS};
#undef X

/* An error that is the database's, not the work's: what happened to the transaction is not known any more. */
static Err noted(Tx *tx, Err error)
{
    bool storage = error.id == E_DISK_FULL || error.id == E_STORE || error.id == E_IO || error.id == E_UNKNOWN_OUTCOME;
    if (storage && is_ok(tx->storage))
        tx->storage = error;
    tx->refused = tx->refused || !is_ok(error);
    return error;
}

/* A work that only reads, and its line, need no savepoint. */
static Err save(Tx *tx)
{
    if (!tx->writing || tx->saved || tx->ending)
        return ok();
    TRY(tx->driver->step_tx(tx->link, TX_SAVEPOINT));
    tx->saved = true;
    return ok();
}

static bool changes(enum sql id)
{
    return strncmp(statements[id].sql, "SELECT ", 7) != 0;
}

/* Asks all, and with a batch's first question where the chain stands: both are answered in one round trip. */
static Err ask_all(Tx *tx, const TxAsk *asks, uint32_t count)
{
    bool chain = tx->writing && !tx->chain_known;
    Value range[2];

    tx->driver->finish(tx->link);
    for (uint32_t i = 0; i < count; i++)
        if (changes(asks[i].id))
            TRY(save(tx));
    if (chain) {
        audit_chain_range(tx, range);
        TRY(tx->driver->queue(tx->link, SQL_AUDIT_LAST, range));
    }
    for (uint32_t i = 0; i < count; i++)
        TRY(tx->driver->queue(tx->link, asks[i].id, asks[i].parameters));
    if (!chain)
        return ok();
    TRY(tx->driver->next(tx->link));
    TRY(audit_chain_take(tx, &tx->chain));
    tx->chain_known = true;
    return ok();
}

Err tx_query(Tx *tx, enum sql id, const Value *parameters)
{
    const TxAsk ask = {.id = id, .parameters = parameters};

    TRY(noted(tx, ask_all(tx, &ask, 1)));
    return noted(tx, tx->driver->next(tx->link));
}

Err tx_know_chain(Tx *tx)
{
    return tx->chain_known ? ok() : noted(tx, ask_all(tx, NULL, 0));
}

Err tx_post(Tx *tx, enum sql id, const Value *parameters)
{
    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(noted(tx, save(tx)));
    return noted(tx, tx->driver->post(tx->link, id, parameters));
}

Err tx_step(Tx *tx, Value *columns, bool *ret_row)
{
    return noted(tx, tx->driver->step(tx->link, columns, ret_row));
}

static Err finish_with(Tx *tx, Err error)
{
    tx->driver->finish(tx->link);
    return error;
}

/* ---- proofs ---- */

/* Told where it is found, whoever asked: a row that we did not write is an alarm, and its table and key say which. */
static Err forged(const Tx *tx, enum table table, const Value *key)
{
    Id id = {{0}};
    Err keyed = change_key(key, &id);

    (void)keyed; /* a key that is none stays zeros */
    alarm_row(store_tenant(tx->store), table_name(table), id);
    return fail(E_FORGED);
}

Err tx_proof_check(Tx *tx, enum table table, const Value *columns, uint32_t count)
{
    const uint32_t proven = count + table_proven_columns(table) - table_columns(table);
    const Value *proof = &columns[proven];
    Hash digest, wanted;

    TRY(row_digest(tx->sha, table, columns, proven, &digest));
    TRY(store_prove(tx->store, &digest, &wanted));
    bool good = proof->type == VALUE_BYTES && proof->bytes.length == HASH_BYTES &&
                crypto_equal(proof->bytes.data, wanted.bytes, HASH_BYTES);
    return good ? ok() : forged(tx, table, &columns[0]);
}

Err tx_values(Tx *tx, const Shape *shape, const void *row, Hash *proof, Value *ret_values)
{
    Hash digest;

    row_to_values(shape, row, ret_values);
    if (!shape->proven)
        return ok();
    TRY(row_digest(tx->sha, shape->table, ret_values, shape->count, &digest));
    TRY(store_prove(tx->store, &digest, proof));
    ret_values[shape->count] = value_hash(proof);
    return ok();
}

static Err take_row(Tx *tx, const Shape *shape, const Value *columns, Arena *keep, void *ret_row)
{
    if (shape->proven)
        TRY(tx_proof_check(tx, shape->table, columns, table_columns(shape->table)));
    TRY(row_from_values(shape, columns, keep, ret_row));
    bool outdated = shape->outdated && shape->outdated(ret_row, &columns[shape->count + 1]);
    return outdated ? forged(tx, shape->table, &columns[0]) : ok();
}

/* ---- rows ---- */

Err tx_row(Tx *tx, Question question, const Shape *shape, Arena *keep, void *ret_row)
{
    Value columns[COLUMNS_MAX];
    bool row = false;

    TRY(tx_query(tx, question.id, question.parameters));
    TRY(tx_step(tx, columns, &row));
    if (!row)
        return fail(E_NOT_FOUND);
    return finish_with(tx, take_row(tx, shape, columns, keep, ret_row));
}

/* Most questions have few answers. */
#define FIRST_ROWS 4
#define PAGE_ROWS 64

typedef struct Page {
    struct Page *next;
    uint32_t count, room;
    char *rows;
} Page;

static Err page_new(Arena *keep, const Shape *shape, uint32_t room, Page **ret_page)
{
    Page *page;

    TRY(ARENA_NEW(keep, Page, 1, &page));
    TRY(arena_alloc(keep, room, shape->size, (void **)&page->rows));
    page->room = room;
    *ret_page = page;
    return ok();
}

/* One array out of the pages; a single page is the array already. */
static Err joined(const Page *first, const Shape *shape, uint32_t count, Arena *keep, void **ret_items)
{
    char *items = NULL;
    size_t at = 0;

    if (!first)
        return ok();
    if (!first->next) {
        *ret_items = first->rows;
        return ok();
    }
    TRY(arena_alloc(keep, count, shape->size, (void **)&items));
    for (const Page *page = first; page; page = page->next) {
        memcpy(items + at, page->rows, page->count * shape->size);
        at += page->count * shape->size;
    }
    *ret_items = items;
    return ok();
}

static Err collect(Tx *tx, const TxAsk *ask, Arena *keep)
{
    const Shape *shape = ask->shape;
    Page *first = NULL, *newest = NULL;
    Value columns[COLUMNS_MAX];
    uint32_t count = 0;
    void *items = NULL;
    bool row;

    for (;;) {
        TRY(tx_step(tx, columns, &row));
        if (!row)
            break;
        if (ask->watch)
            TRY(ask->watch->row(ask->watch->self, columns));
        count++;
        if (!shape)
            continue;
        if (!newest || newest->count == newest->room) {
            Page *page;
            TRY(page_new(keep, shape, newest ? PAGE_ROWS : FIRST_ROWS, &page));
            *(newest ? &newest->next : &first) = page;
            newest = page;
        }
        char *kept = newest->rows + newest->count * shape->size;
        TRY(take_row(tx, shape, columns, keep, kept));
        newest->count++;
        if (ask->enough && ask->enough->row(ask->enough->self, kept))
            break;
    }
    TRY(joined(first, shape, count, keep, &items));
    *ask->ret_items = items;
    *ask->ret_count = count;
    return ok();
}

Err tx_rows(Tx *tx, const TxAsk *ask, Arena *keep)
{
    TRY(tx_query(tx, ask->id, ask->parameters));
    return finish_with(tx, collect(tx, ask, keep));
}

static Err answers(Tx *tx, const TxAsk *asks, uint32_t count, Arena *keep)
{
    for (uint32_t i = 0; i < count; i++) {
        TRY(noted(tx, tx->driver->next(tx->link)));
        TRY(collect(tx, &asks[i], keep));
    }
    return ok();
}

Err tx_ask_all(Tx *tx, const TxAsk *asks, uint32_t count, Arena *keep)
{
    if (count > TX_ASKS_MAX)
        return fail(E_INTERNAL);
    TRY(noted(tx, ask_all(tx, asks, count)));
    return finish_with(tx, answers(tx, asks, count, keep));
}

static const Field changed_fields[] = {{.type = FIELD_ID, .offset = offsetof(TxKey, id)},
                                       {.type = FIELD_I64, .offset = offsetof(TxKey, number)}};
const Shape tx_key_shape = {.fields = changed_fields, .count = 2, .size = sizeof(TxKey)};
const Shape tx_id_shape = {.fields = changed_fields, .count = 1, .size = sizeof(TxKey)};

Err tx_number(Tx *tx, enum sql id, const Value *parameters, int64_t *ret_number)
{
    Value columns[COLUMNS_MAX];
    bool row = false;

    TRY(tx_query(tx, id, parameters));
    TRY(tx_step(tx, columns, &row));
    if (!row)
        return fail(E_NOT_FOUND);
    *ret_number = columns[0].number;
    return finish_with(tx, ok());
}

Err tx_change(Tx *tx, enum sql id, const Value *parameters, bool *ret_any, int64_t *ret_number)
{
    Value columns[COLUMNS_MAX];
    bool any = false, more;

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(tx_query(tx, id, parameters));
    TRY(tx_step(tx, columns, &any));
    if (any && ret_number)
        *ret_number = columns[0].number;
    /* To its end: SQLite changes nothing more, but a statement left open would hold its savepoint. */
    for (more = any; more;) {
        Value ignored[COLUMNS_MAX];
        TRY(tx_step(tx, ignored, &more));
    }
    *ret_any = any;
    return ok();
}

Err tx_change_id(Tx *tx, Question question, enum err_id otherwise, Id *ret_id, int64_t *ret_number)
{
    Value columns[COLUMNS_MAX];
    bool any = false;

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(tx_query(tx, question.id, question.parameters));
    TRY(tx_step(tx, columns, &any));
    if (!any)
        return fail(otherwise);
    if (ret_number)
        *ret_number = columns[1].number;
    return finish_with(tx, id_from_bytes(columns[0].bytes, ret_id));
}

Err tx_change_or(Tx *tx, enum sql id, const Value *parameters, enum err_id otherwise)
{
    bool any;

    TRY(tx_change(tx, id, parameters, &any, NULL));
    return any ? ok() : fail(otherwise);
}

static uint8_t bucket_of(Str key)
{
    return key.length > 0 ? (uint8_t)key.data[key.length - 1] : 0;
}

static Change *find_change(const Tx *tx, enum table table, Str key)
{
    Change *change = tx->buckets[bucket_of(key)];

    while (change && (change->table != table || !str_equal(change->key.bytes, key)))
        change = change->bucket;
    return change;
}

static const Hash gone = {{0}};

/* digest: of the row as it is now, which is not read again then, and columns, NULL where it is gone; NULL: it is read when the work
 * ends. */
static Err touch(Tx *tx, enum table table, Value key, const Hash *digest, const Value *columns)
{
    Change *change = find_change(tx, table, key.bytes);
    uint8_t bucket = bucket_of(key.bytes);

    tx->standing_told = false;
    if (!change) {
        if (tx->change_count >= CHANGES_MAX)
            return fail(E_TOO_LARGE);
        TRY(ARENA_NEW(tx->scratch, Change, 1, &change));
        TRY(str_copy(tx->scratch, key.bytes, &key.bytes));
        *change = (Change){.table = table, .key = key, .bucket = tx->buckets[bucket]};
        tx->buckets[bucket] = change;
        *tx->last_change = change;
        tx->last_change = &change->next;
        tx->change_count++;
    }
    change->told = digest != NULL;
    change->digest = digest ? *digest : gone;
    if (digest)
        change->facts = ledger_facts(table, columns, columns && change->ends);
    return ok();
}

Err tx_touch(Tx *tx, enum table table, Value key)
{
    return touch(tx, table, key, NULL, NULL);
}

Err tx_touch_told(Tx *tx, enum table table, const Value *columns)
{
    Hash digest;

    TRY(row_digest(tx->sha, table, columns, table_columns(table), &digest));
    if (table_is_proven(table))
        TRY(tx_proof_check(tx, table, columns, table_columns(table)));
    return touch(tx, table, columns[0], &digest, columns);
}

bool tx_has_touched(const Tx *tx, enum table table, const Id *key)
{
    return find_change(tx, table, id_bytes(key)) != NULL;
}

bool tx_has_deleted(const Tx *tx, enum table table, const Id *key)
{
    const Change *change = find_change(tx, table, id_bytes(key));

    return change && change->told && memcmp(&change->digest, &gone, sizeof gone) == 0;
}

Err tx_change_row(Tx *tx, Question question, enum err_id otherwise, enum table table, Value key)
{
    TRY(tx_change_or(tx, question.id, question.parameters, otherwise));
    return tx_touch(tx, table, key);
}

/* The rows of one table that a statement puts or deletes, as it gives them back. */
typedef struct Told {
    Tx *tx;
    enum table table;
    bool gone;
} Told;

static Err told_row(void *self, const Value *columns)
{
    const Told *told = self;

    return told->gone ? touch(told->tx, told->table, columns[0], &gone, NULL) : tx_touch_told(told->tx, told->table, columns);
}

static Err change_watched(Tx *tx, Question question, const RowWatch *watch, uint32_t *ret_count)
{
    void *none = NULL;
    const TxAsk ask = {.id = question.id, .parameters = question.parameters, .watch = watch, .ret_items = &none, .ret_count = ret_count};

    return tx->writing ? tx_rows(tx, &ask, NULL) : fail(E_INTERNAL);
}

Err tx_change_told(Tx *tx, Question question, enum err_id otherwise, enum table table)
{
    Told told = {.tx = tx, .table = table};
    uint32_t count = 0;

    TRY(change_watched(tx, question, &(RowWatch){&told, told_row}, &count));
    return count > 0 ? ok() : fail(otherwise);
}

Err tx_insert(Tx *tx, enum sql id, const Shape *shape, const void *row, enum table table)
{
    Value values[COLUMNS_MAX];
    Hash proof;

    TRY(tx_values(tx, shape, row, &proof, values));
    return tx_change_told(tx, ASKS(id, values), E_DUPLICATE, table);
}

Err tx_replace(Tx *tx, enum sql id, const Shape *shape, const void *row)
{
    Value values[COLUMNS_MAX];
    Hash proof;

    TRY(tx_values(tx, shape, row, &proof, values));
    return shape->table < TABLE_COUNT ? tx_change_told(tx, ASKS(id, values), E_STALE, shape->table)
                                      : tx_change_or(tx, id, values, E_STALE);
}

typedef struct KeyBytes {
    Str bytes;
} KeyBytes;

static const Field key_fields[] = {{.type = FIELD_BLOB, .offset = offsetof(KeyBytes, bytes)}};
static const Shape key_shape = {.fields = key_fields, .count = 1, .size = sizeof(KeyBytes)};

Err tx_delete_plain(Tx *tx, Question question, uint32_t *ret_count)
{
    return change_watched(tx, question, NULL, ret_count);
}

Err tx_delete(Tx *tx, Question question, enum table table, uint32_t *ret_count)
{
    Told told = {.tx = tx, .table = table, .gone = true};

    return change_watched(tx, question, &(RowWatch){&told, told_row}, ret_count);
}

Err tx_delete_each(Tx *tx, Question list, enum sql sql, enum table table, uint32_t *ret_count)
{
    KeyBytes *keys = NULL;
    uint32_t count = 0;
    const TxAsk ask = {.id = list.id, .parameters = list.parameters, .shape = &key_shape, .ret_items = (void **)&keys, .ret_count = &count};

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(tx_rows(tx, &ask, tx->scratch));
    for (uint32_t i = 0; i < count; i++) {
        Value key = value_bytes(keys[i].bytes);
        TRY(tx_change_or(tx, sql, &key, E_INTERNAL));
        TRY(touch(tx, table, key, &gone, NULL));
    }
    *ret_count = count;
    return ok();
}

Err permit_log(const Permit *permit, Id *ret_log)
{
    if (!permit || !permit_is_made(permit) || id_is_none(permit->log))
        return fail(E_FORBIDDEN);
    *ret_log = permit->log;
    return ok();
}

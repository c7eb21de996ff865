/* The ledger is brought up to the chain.
 * Must not believe a line without its proof, which verify tells of: it would end something after a restore.
 * Called by writer.c before the first work of a database. Rule: deletion 10. */
#include "store/catch_up.h"

#include <stdlib.h>

#include "domain/acts.h"
#include "domain/states.h"
#include "store/alarm.h"
#include "store/audit.h"
#include "store/rowmap.h"
#include "store/stores_priv.h"

#define PAGE 200
#define LINES_UNTOLD 500 /* so many are read at each start without a line in the ledger that says how far it stands */

typedef struct CatchUp {
    Tx *tx;
    Ledger *ledger;
    bool first;          /* the ledger has no line of this database yet */
    RowMap map;
    RowMapEntry **ended; /* in the order of their lines */
    size_t ended_count;
    uint64_t read;
} CatchUp;

static Err take_changes(CatchUp *up, const AuditRow *row, Str changes)
{
    Cursor cursor = cursor_new(changes);

    for (uint32_t i = 0; i < row->changes; i++) {
        uint8_t digest[DIGEST_BYTES], table = cursor_u8(&cursor);
        Id key;
        cursor_copy(&cursor, key.bytes, sizeof key.bytes);
        cursor_copy(&cursor, digest, sizeof digest);
        if (cursor.failed || table >= TABLE_COUNT)
            return fail(E_FORGED);
        if (ledger_tells((enum table)table))
            TRY(rowmap_put(&up->map, table, &key, digest, row->seq));
    }
    return ok();
}

static Err read_page(CatchUp *up, int64_t *after)
{
    const Value parameters[] = {value_number(*after), value_number(PAGE)};
    Value columns[COLUMNS_MAX];
    AuditRow line = {0};
    bool row = true;

    TRY(tx_query(up->tx, SQL_AUDIT_CHAIN, parameters));
    for (;;) {
        TRY(tx_step(up->tx, columns, &row));
        if (!row)
            return ok();
        *after = columns[0].number;
        if (*after >> AUDIT_WRITER_SHIFT != store_writer(up->tx->store))
            continue;
        up->read++;
        Err taken = audit_line_take(up->tx, columns, &line);
        if (is_ok(taken))
            TRY(take_changes(up, &line, columns[AT_CHANGES].bytes));
        else if (taken.id != E_FORGED)
            return taken;
    }
}

static Err read_lines(CatchUp *up, int64_t after)
{
    int64_t start;

    do {
        start = after;
        Err read = read_page(up, &after);
        up->tx->driver->finish(up->tx->link);
        TRY(read);
    } while (after != start);
    return ok();
}

static int by_line(const void *a, const void *b)
{
    const RowMapEntry *first = *(RowMapEntry *const *)a, *second = *(RowMapEntry *const *)b;

    if (first->seq != second->seq)
        return first->seq < second->seq ? -1 : 1;
    return first->table - second->table;
}

static Err sort_ended(CatchUp *up)
{
    up->ended = calloc(up->map.count + 1, sizeof(RowMapEntry *));
    if (!up->ended)
        return fail(E_NO_MEMORY);
    for (size_t i = 0; i < up->map.room; i++)
        if (up->map.entries[i].used)
            up->ended[up->ended_count++] = &up->map.entries[i];
    qsort(up->ended, up->ended_count, sizeof(RowMapEntry *), by_line);
    return ok();
}

/* Of a database that had no ledger a log that lives makes no line. */
static bool is_marked(const CatchUp *up, const Value *columns)
{
    return !up->first || columns[3].number != STATE_ACTIVE || columns[4].number != 0;
}

static Err facts_of(CatchUp *up, const RowMapEntry *entry, LedgerFacts *ret_facts)
{
    const Value key = value_id(&entry->key);
    Value columns[COLUMNS_MAX];
    bool row = false;

    *ret_facts = ledger_facts((enum table)entry->table, NULL, false);
    if (rowmap_is_gone(entry))
        return ok();
    *ret_facts = (LedgerFacts){0};
    TRY(tx_query(up->tx, SQL_TRACK(entry->table), &key));
    TRY(tx_step(up->tx, columns, &row));
    if (row)
        *ret_facts = ledger_facts((enum table)entry->table, columns, entry->table == TABLE_LOG && is_marked(up, columns));
    up->tx->driver->finish(up->tx->link);
    return ok();
}

static Err time_of(CatchUp *up, int64_t seq, int64_t *ret_at)
{
    const Value parameters[] = {value_number(seq - 1), value_number(1)};
    Value columns[COLUMNS_MAX];
    bool row = false;

    TRY(tx_query(up->tx, SQL_AUDIT_CHAIN, parameters));
    TRY(tx_step(up->tx, columns, &row));
    *ret_at = row ? columns[1].number : 0;
    up->tx->driver->finish(up->tx->link);
    return ok();
}

static Err add_entry(CatchUp *up, const RowMapEntry *entry)
{
    LedgerLine line = {.tenant = store_tenant(up->tx->store), .chain = entry->seq, .object = entry->key};
    LedgerFacts facts;

    TRY(facts_of(up, entry, &facts));
    if (facts.count == 0)
        return ok();
    TRY(time_of(up, entry->seq, &line.at));
    for (uint32_t i = 0; i < facts.count; i++) {
        line.kind = facts.items[i].kind;
        line.value = facts.items[i].value;
        TRY(ledger_add(up->ledger, &line));
    }
    return ok();
}

/* The audit line, and behind it how far the ledger stands. */
static Err tell(CatchUp *up, uint32_t added)
{
    const World *world = up->tx->store->stores->world;
    AuditLine line = {.act = ACT_LEDGER_KEEP, .amount = added, .outcome = AUDIT_ALLOWED};
    LedgerLine stands = {.tenant = store_tenant(up->tx->store), .chain = up->tx->chain.seq + 1, .kind = LEDGER_STANDS};

    TRY(world_now(world, &line.at));
    TRY(world_id(world, &line.request));
    TRY(store_audit(up->tx, &line));
    stands.at = line.at;
    return ledger_add(up->ledger, &stands);
}

static Err bring_up(CatchUp *up)
{
    Tx *tx = up->tx;
    const int64_t base = (int64_t)store_writer(tx->store) << AUDIT_WRITER_SHIFT;
    const int64_t stands = ledger_stands(up->ledger, store_tenant(tx->store), store_writer(tx->store));
    const uint32_t mark = ledger_mark(up->ledger);

    TRY(tx->driver->begin(tx->link));
    tx_work_begin(tx);
    TRY(tx_know_chain(tx));
    up->first = stands == 0;
    if (tx->chain.seq < stands)
        alarm_older(store_tenant(tx->store));
    else
        TRY(read_lines(up, stands > base ? stands : base));
    TRY(sort_ended(up));
    for (size_t i = 0; i < up->ended_count; i++)
        TRY(add_entry(up, up->ended[i]));
    const uint32_t added = ledger_mark(up->ledger) - mark;
    if (added == 0 && up->read <= LINES_UNTOLD)
        return tx->driver->step_tx(tx->link, TX_ROLLBACK);
    TRY(tell(up, added));
    TRY(tx_work_end(tx));
    return writer_commit(tx);
}

Err catch_up(Tx *tx)
{
    CatchUp up = {.tx = tx, .ledger = store_ledger(tx->store)};

    Err done = bring_up(&up);
    rowmap_free(&up.map);
    free(up.ended);
    return done;
}

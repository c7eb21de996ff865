/* Entries on their way into a log: one, or many at once.
 * Must not change a row that stands: a correction is a row of its own.
 * Called by service. */
#include "store/entries.h"

#include "store/tx.h"

SHAPE(entry, ENTRY, EntryRow);

#define SEQUENCE_BITS 24

static Err follows_newest(Tx *tx, const EntryRow *row)
{
    const Value parameters[] = {value_number(row->log_no), value_id(&row->entry)};
    Value columns[COLUMNS_MAX];
    Id newest;
    bool any;

    TRY(tx_query(tx, SQL_ENTRY_NEWEST, parameters));
    TRY(tx_step(tx, columns, &any));
    if (!any)
        return fail(E_NOT_FOUND);
    Err error = id_from_bytes(columns[0].bytes, &newest);
    int64_t version = columns[1].number, kind = columns[2].number;
    tx->driver->finish(tx->link);
    TRY(error);
    if (!id_equal(newest, row->supersedes) || version + 1 != row->version)
        return fail(E_STALE);
    return kind == row->kind ? ok() : fail(E_INVALID);
}

static Err first_or_follows(Tx *tx, const EntryRow *row)
{
    if (row->version > 1)
        return follows_newest(tx, row);
    bool first = row->version == 1 && id_equal(row->entry, row->id) && id_is_none(row->supersedes);
    return first ? ok() : fail(E_INTERNAL);
}

static Err counted(void *self, const Value *columns)
{
    return tx_touch(self, TABLE_LOG, columns[0]);
}

static Err appended(void *self, const Value *columns)
{
    return tx_touch_told(self, TABLE_ENTRY, columns);
}

/* The log counts one further, and the entry takes its number from there: in one question. */
Err store_entry_append(Tx *tx, const EntryRow *row, int64_t *ret_no)
{
    const Value log_no = value_number(row->log_no);
    struct {
        TxKey *items;
        uint32_t count;
    } logs = {0}, entries = {0};
    Value values[COLUMNS_MAX];

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(first_or_follows(tx, row));
    row_to_values(&shape_entry, row, values);
    const RowWatch log = {.self = tx, .row = counted}, entry = {.self = tx, .row = appended};
    TxAsk asks[] = {
        TX_ASK(SQL_LOG_SEQUENCE, &log_no, &tx_key_shape, &logs),
        TX_ASK(SQL_ENTRY_INSERT, values, &tx_key_shape, &entries),
    };
    asks[0].watch = &log;
    asks[1].watch = &entry;
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), tx->scratch));
    if (logs.count == 0)
        return fail(E_NOT_FOUND);
    if (entries.count == 0)
        return fail(E_DUPLICATE);
    *ret_no = entries.items[0].number;
    return ok();
}

/* The numbers of so many rows to come; *ret_first is that of the first. */
static Err entry_numbers(Tx *tx, int64_t log_no, uint32_t count, int64_t *ret_first)
{
    const Value parameters[] = {value_number(log_no), value_number(count)};
    int64_t sequence;
    Id log;

    TRY(tx_change_id(tx, ASKS(SQL_LOG_SEQUENCES, parameters), E_NOT_FOUND, &log, &sequence));
    TRY(tx_touch(tx, TABLE_LOG, value_id(&log)));
    *ret_first = log_no << SEQUENCE_BITS | sequence;
    return ok();
}

/* One of many, whose id nobody can have: it gives nothing back, so that SQLite keeps no journal of its own for it. */
static Err add_entry(Tx *tx, const EntryRow *row, int64_t no)
{
    Value values[COLUMNS_MAX];
    EntryRow made = *row;
    bool any = false;

    made.no = no;
    row_to_values(&shape_entry, &made, values);
    TRY(tx_change(tx, SQL_ENTRY_ADD, values, &any, NULL));
    return tx_touch(tx, TABLE_ENTRY, values[0]);
}

Err store_entries_append(Tx *tx, const EntryRow *rows, uint32_t count)
{
    int64_t first = 0;

    if (!tx->writing)
        return fail(E_INTERNAL);
    if (count == 0)
        return ok();
    TRY(entry_numbers(tx, rows[0].log_no, count, &first));
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].log_no != rows[0].log_no)
            return fail(E_INTERNAL);
        TRY(first_or_follows(tx, &rows[i]));
        TRY(add_entry(tx, &rows[i], first + i));
    }
    return ok();
}

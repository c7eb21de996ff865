/* Facts, sealed and frozen.
 * Must not open anything, nor touch a chain with one: a line would tell when it was written.
 * Called by service/statistics. */
#include "store/statistics/facts.h"

#include "store/tx.h"

PROVEN_SHAPE(fact, FACT, FactRow);
SHAPE(fact_entry, FACT_ENTRY, FactEntryRow);
SHAPE(frozen_fact, FROZEN_FACT, FrozenFactRow);

#define PAGE_MAX 1000

/* ---- sealed ---- */

Err store_fact_insert(Tx *tx, const FactRow *row)
{
    Value values[COLUMNS_MAX];
    Hash proof;

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(tx_values(tx, &shape_fact, row, &proof, values));
    return tx_change_or(tx, SQL_FACT_INSERT, values, E_DUPLICATE);
}

Err store_fact(Tx *tx, Id found, Arena *keep, FactRow *ret_row)
{
    const Value parameter = value_id(&found);

    return tx_row(tx, ASKS(SQL_FACT_BY_FOUND, &parameter), &shape_fact, keep, ret_row);
}

Err store_fact_replace(Tx *tx, const FactRow *row)
{
    Value values[COLUMNS_MAX];
    Hash proof;

    TRY(tx_values(tx, &shape_fact, row, &proof, values));
    return tx_change_or(tx, SQL_FACT_REPLACE, values, E_STALE);
}

/* Places that are left over look for the first once more. */
static Err places_of(const Id *found, uint32_t count, Value ret_values[static FACTS_AT_ONCE])
{
    if (count < 1 || count > FACTS_AT_ONCE)
        return fail(E_RANGE);
    for (uint32_t i = 0; i < FACTS_AT_ONCE; i++)
        ret_values[i] = value_id(&found[i < count ? i : 0]);
    return ok();
}

Err store_facts_delete(Tx *tx, const Id *found, uint32_t count, uint32_t *ret_count)
{
    Value values[FACTS_AT_ONCE];

    TRY(places_of(found, count, values));
    return tx_delete_plain(tx, ASKS(SQL_FACTS_DELETE, values), ret_count);
}

Err store_facts_found(Tx *tx, const Id *found, uint32_t count, Arena *keep, FactRows *ret_rows)
{
    Value values[FACTS_AT_ONCE];

    TRY(places_of(found, count, values));
    return TX_ROWS(tx, SQL_FACTS_BY_FOUND, values, &shape_fact, keep, ret_rows);
}

Err store_fact_entries(Tx *tx, int64_t log_no, Arena *keep, FactEntryRows *ret_rows)
{
    const Value parameter = value_number(log_no);

    return TX_ROWS(tx, SQL_FACT_ENTRIES, &parameter, &shape_fact_entry, keep, ret_rows);
}

Err store_facts_withdrawn(Tx *tx, int64_t log_no, bool *ret_withdrawn)
{
    const Value parameter = value_number(log_no);
    int64_t count = 0;

    TRY(tx_number(tx, SQL_FACTS_WITHDRAWN, &parameter, &count));
    *ret_withdrawn = count > 0;
    return ok();
}

Err store_facts_entered(Tx *tx, const FactPage *page, Arena *keep, FactRows *ret_rows)
{
    const Value values[] = {value_number(page->last), value_id(&page->after), value_number(page->max)};

    if (page->max < 1 || page->max > PAGE_MAX)
        return fail(E_RANGE);
    return TX_ROWS(tx, SQL_FACTS_ENTERED, values, &shape_fact, keep, ret_rows);
}

Err store_facts_count(Tx *tx, uint16_t last, int64_t *ret_count)
{
    const Value parameter = value_number(last);

    return tx_number(tx, SQL_FACTS_COUNT, &parameter, ret_count);
}

Err store_facts_delete_entered(Tx *tx, uint16_t last, uint32_t *ret_count)
{
    const Value parameter = value_number(last);

    return tx_delete_plain(tx, ASKS(SQL_FACTS_DELETE_ENTERED, &parameter), ret_count);
}

Err store_facts_stir(Tx *tx, Id after, uint32_t max, uint32_t *ret_count, Id *ret_last)
{
    const Value values[] = {value_id(&after), value_number(max)};
    FactRows rows = {0};

    if (!tx->writing || max < 1 || max > PAGE_MAX)
        return fail(E_RANGE);
    TRY(TX_ROWS(tx, SQL_PAGE_FACT, values, &shape_fact, tx->scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        TRY(store_fact_replace(tx, &rows.items[i]));
        *ret_last = rows.items[i].id;
    }
    *ret_count = rows.count;
    return ok();
}

/* ---- frozen ---- */

Err store_frozen_insert(Tx *tx, const FrozenFactRow *row)
{
    Value values[COLUMNS_MAX];

    if (!tx->writing)
        return fail(E_INTERNAL);
    row_to_values(&shape_frozen_fact, row, values);
    return tx_post(tx, SQL_FROZEN_INSERT, values);
}

Err store_frozen(Tx *tx, Id after, uint32_t max, Arena *keep, FrozenFactRows *ret_rows)
{
    const Value values[] = {value_id(&after), value_number(max)};

    if (max < 1 || max > PAGE_MAX)
        return fail(E_RANGE);
    return TX_ROWS(tx, SQL_FROZEN, values, &shape_frozen_fact, keep, ret_rows);
}

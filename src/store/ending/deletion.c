/* Orders to delete logs.
 * Must not delete anything of a log.
 * Called by service. */
#include "store/ending/deletion.h"

#include "store/tx.h"

PROVEN_SHAPE(deletion, DELETION, DeletionRow);

#define PAGE_MAX 500

static Err max_ok(uint32_t max)
{
    return max >= 1 && max <= PAGE_MAX ? ok() : fail(E_RANGE);
}

Err store_deletion_insert(Tx *tx, const DeletionRow *row)
{
    return tx_insert(tx, SQL_DELETION_INSERT, &shape_deletion, row, TABLE_DELETION);
}

Err store_deletion_update(Tx *tx, const DeletionRow *row)
{
    DeletionRow now = {0}, after = *row;

    Err found = store_deletion_by_id(tx, row->id, &now);
    if (found.id == E_NOT_FOUND)
        return fail(E_STALE);
    TRY(found);
    if (now.version != row->version)
        return fail(E_STALE);
    after.version++;
    return tx_replace(tx, SQL_DELETION_REPLACE, &shape_deletion, &after);
}

Err store_deletion_of_log(Tx *tx, int64_t log_no, DeletionRow *ret_row)
{
    const Value parameter = value_number(log_no);

    return tx_row(tx, ASKS(SQL_DELETION_OF_LOG, &parameter), &shape_deletion, NULL, ret_row);
}

Err store_deletion_by_id(Tx *tx, Id id, DeletionRow *ret_row)
{
    const Value parameter = value_id(&id);

    return tx_row(tx, ASKS(SQL_DELETION_BY_ID, &parameter), &shape_deletion, NULL, ret_row);
}

Err store_deletions_waiting(Tx *tx, const DeletionPage *page, Arena *keep, DeletionRows *ret_rows)
{
    const Value parameters[] = {value_number(page->max), value_number(page->at), value_id(&page->id), value_id(&page->unit)};
    const bool all = id_is_none(page->unit);

    TRY(max_ok(page->max));
    return TX_ROWS(tx, all ? SQL_DELETIONS_WAITING : SQL_DELETIONS_WAITING_OF_UNIT, parameters, &shape_deletion, keep, ret_rows);
}

Err store_deletions_due(Tx *tx, int64_t by, const DeletionPage *page, Arena *keep, DeletionRows *ret_rows)
{
    const Value parameters[] = {value_number(page->max), value_number(by), value_id(&page->id)};

    TRY(max_ok(page->max));
    return TX_ROWS(tx, SQL_DELETIONS_DUE, parameters, &shape_deletion, keep, ret_rows);
}

Err store_deletions_done(Tx *tx, const DeletionPage *page, Arena *keep, DeletionRows *ret_rows)
{
    const Value parameters[] = {value_number(page->max), value_number(page->at != 0 ? page->at : INT64_MAX), value_id(&page->id)};

    TRY(max_ok(page->max));
    return TX_ROWS(tx, SQL_DELETIONS_DONE, parameters, &shape_deletion, keep, ret_rows);
}

/* Logs on their way to another unit, and what the former unit left.
 * Must not tell whom a log is about: ids, units and times alone.
 * Called by service. */
#include "store/request/transfer.h"

#include "store/tx.h"

PROVEN_SHAPE(transfer, TRANSFER, TransferRow);

Err store_transfer_insert(Tx *tx, const TransferRow *row)
{
    return tx_insert(tx, SQL_TRANSFER_INSERT, &shape_transfer, row, TABLE_TRANSFER);
}

Err store_transfer_update(Tx *tx, const TransferRow *row)
{
    const Value key = value_id(&row->id);
    TransferRow made;

    Err read = tx->writing ? tx_row(tx, ASKS(SQL_TRACK_TRANSFER, &key), &shape_transfer, tx->scratch, &made) : fail(E_INTERNAL);
    if (read.id == E_NOT_FOUND)
        return fail(E_STALE);
    TRY(read);
    if (made.version != row->version)
        return fail(E_STALE);
    made = *row;
    made.version++;
    return tx_replace(tx, SQL_TRANSFER_REPLACE, &shape_transfer, &made);
}

Err store_transfers_of_log(Tx *tx, Id log, Arena *keep, TransferRows *ret_rows)
{
    const Value parameter = value_id(&log);

    return TX_ROWS(tx, SQL_TRANSFERS_OF_LOG, &parameter, &shape_transfer, keep, ret_rows);
}

Err store_transfers_to_unit(Tx *tx, Id unit, int64_t after, Arena *keep, TransferRows *ret_rows)
{
    const Value parameters[] = {value_id(&unit), value_number(after)};

    return TX_ROWS(tx, SQL_TRANSFERS_TO_UNIT, parameters, &shape_transfer, keep, ret_rows);
}

Err store_transfers_from_unit(Tx *tx, Id unit, int64_t after, Arena *keep, TransferRows *ret_rows)
{
    const Value parameters[] = {value_id(&unit), value_number(after)};

    return TX_ROWS(tx, SQL_TRANSFERS_FROM_UNIT, parameters, &shape_transfer, keep, ret_rows);
}

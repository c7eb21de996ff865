/* Archive reports that are ordered, a row each.
 * Must not tell whose log it is.
 * Called by service. */
#include "store/report/orders.h"

#include "store/tx.h"

PROVEN_SHAPE(report_order, REPORT_ORDER, ReportOrderRow);

#define LIST_MAX 1000

Err store_report_order_of_log(Tx *tx, Id log, Arena *keep, ReportOrderRow *ret_row)
{
    const Value parameter = value_id(&log);
    ReportOrderRow row = {0};

    Err found = tx_row(tx, ASKS(SQL_REPORT_ORDER_OF_LOG, &parameter), &shape_report_order, keep, &row);
    if (found.id != E_NOT_FOUND)
        TRY(found);
    *ret_row = row;
    return ok();
}

Err store_report_order_put(Tx *tx, const ReportOrderRow *row)
{
    Value values[COLUMNS_MAX];
    ReportOrderRow stands;
    Hash proof;

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(store_report_order_of_log(tx, row->log, tx->scratch, &stands));
    if (!id_is_none(stands.id) && stands.failed == 0)
        return fail(E_DUPLICATE);
    TRY(store_report_order_delete_of_log(tx, row->log));
    TRY(tx_values(tx, &shape_report_order, row, &proof, values));
    return tx_change_or(tx, SQL_REPORT_ORDER_INSERT, values, E_DUPLICATE);
}

Err store_report_orders_waiting(Tx *tx, uint32_t max, Arena *keep, ReportOrderRows *ret_rows)
{
    const Value parameter = value_number(max);

    if (max < 1 || max > LIST_MAX)
        return fail(E_RANGE);
    return TX_ROWS(tx, SQL_REPORT_ORDERS_WAITING, &parameter, &shape_report_order, keep, ret_rows);
}

static Err stands_still(Tx *tx, const ReportOrderRow *row)
{
    ReportOrderRow stands;

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(store_report_order_of_log(tx, row->log, tx->scratch, &stands));
    return id_equal(stands.id, row->id) ? ok() : fail(E_STALE);
}

Err store_report_order_update(Tx *tx, const ReportOrderRow *row)
{
    TRY(stands_still(tx, row));
    return tx_replace(tx, SQL_REPORT_ORDER_REPLACE, &shape_report_order, row);
}

Err store_report_order_end(Tx *tx, const ReportOrderRow *row)
{
    TRY(stands_still(tx, row));
    return store_report_order_delete_of_log(tx, row->log);
}

Err store_report_order_delete_of_log(Tx *tx, Id log)
{
    const Value parameter = value_id(&log);
    uint32_t count = 0;

    return tx_delete_plain(tx, ASKS(SQL_REPORT_ORDER_DELETE_OF_LOG, &parameter), &count);
}

Err store_report_orders_delete_over(Tx *tx, int64_t at, uint32_t *ret_count)
{
    const Value parameter = value_number(at);

    return tx_delete_plain(tx, ASKS(SQL_REPORT_ORDERS_DELETE_OVER, &parameter), ret_count);
}

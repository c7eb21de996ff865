/* The order to delete a log, read and put.
 * Must not change the log.
 * Called by the files of this room. */
#include "service/acts/deletion/order.h"

#include "service/report/newest.h"
#include "store/ending/deletion.h"

static Err put(Tx *tx, void *self)
{
    const OrderPut *order = self;

    if (!id_is_none(order->row.report) && order->row.stopped_at == 0)
        TRY(report_still(tx, order->row.log, order->row.report, order->scratch));
    return order->made ? store_deletion_insert(tx, &order->row) : store_deletion_update(tx, &order->row);
}

Err order_to_put(const Deed *deed, const DeletionRow *row, bool made, LogChange *change, OrderPut **ret_put)
{
    OrderPut *order = NULL;

    TRY(ARENA_NEW(deed->scratch, OrderPut, 1, &order));
    *order = (OrderPut){.row = *row, .made = made, .scratch = deed->scratch};
    change->put = put;
    change->self = order;
    *ret_put = order;
    return ok();
}

static Err read(const Deed *deed, int64_t log_no, DeletionRow *ret_row)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(deed->actor->store, &tx));
    return store_deletion_of_log(tx, log_no, ret_row);
}

Err order_to_change(const Deed *deed, const LogEntered *entered, LogChange *change, OrderPut **ret_put)
{
    DeletionRow row = {0};

    Err found = read(deed, entered->content.log.no, &row);
    if (found.id == E_NOT_FOUND)
        return fail(E_INVALID);
    TRY(found);
    return order_to_put(deed, &row, false, change, ret_put);
}

void order_approve(const Deed *deed, const LogEntered *entered, DeletionRow *row)
{
    row->approved_by = deed->actor->person;
    row->approved_at = deed->actor->now;
    row->purge_at = clock_due(CLOCK_PURGE, deed->actor->now, &entered->settings);
}

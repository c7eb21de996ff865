/* Archive reports that are ordered and made by a job: one for each log, and how far it is.
 * Must not outlive what it was ordered for: made, purged or a week old it is gone.
 * Used by service. Rule: deletion 5. */
#ifndef STORE_REPORT_ORDERS_H
#define STORE_REPORT_ORDERS_H

#include "store/store.h"

/* In the place of one of this log that has failed. Errors: E_DUPLICATE where one is to be made. */
MUST_USE Err store_report_order_put(Tx *tx, const ReportOrderRow *row);
/* *ret_row: zeros where there is none. Errors: E_FORGED for one that was not written here. */
MUST_USE Err store_report_order_of_log(Tx *tx, Id log, Arena *keep, ReportOrderRow *ret_row);
/* Those that are to be made, the oldest first; max: 1..1000. */
MUST_USE Err store_report_orders_waiting(Tx *tx, uint32_t max, Arena *keep, ReportOrderRows *ret_rows);
/* How far it is, and what it failed of. Errors: E_STALE when it is gone, or another of the same log stands in its place. */
MUST_USE Err store_report_order_update(Tx *tx, const ReportOrderRow *row);
/* It is made. Errors: as above. */
MUST_USE Err store_report_order_end(Tx *tx, const ReportOrderRow *row);
/* Its log is purged. */
MUST_USE Err store_report_order_delete_of_log(Tx *tx, Id log);
/* All that were ordered at this time (UTC ms) or before; *ret_count is how many. */
MUST_USE Err store_report_orders_delete_over(Tx *tx, int64_t at, uint32_t *ret_count);

#endif

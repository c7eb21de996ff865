/* Logs on their way to another unit, and what the former unit left.
 * Must not tell whom a log is about: ids, units and times alone.
 * Used by service. Rules: transfer 1, 2, 5, 7. */
#ifndef STORE_REQUEST_TRANSFER_H
#define STORE_REQUEST_TRANSFER_H

#include "store/store.h"

/* In a work; its line is the caller's. Errors: E_DUPLICATE. */
MUST_USE Err store_transfer_insert(Tx *tx, const TransferRow *row);
/* What was read, changed since: its version grows. Errors: E_STALE when another was put meanwhile. */
MUST_USE Err store_transfer_update(Tx *tx, const TransferRow *row);
/* All of one log, the newest first; of a log that there is not none: the same question. Errors: E_FORGED. */
MUST_USE Err store_transfers_of_log(Tx *tx, Id log, Arena *keep, TransferRows *ret_rows);
/* Those proposed to a unit after a time, and those that a unit ended or were ended for it after one; at most 100, the newest first. */
MUST_USE Err store_transfers_to_unit(Tx *tx, Id unit, int64_t after, Arena *keep, TransferRows *ret_rows);
MUST_USE Err store_transfers_from_unit(Tx *tx, Id unit, int64_t after, Arena *keep, TransferRows *ret_rows);

#endif

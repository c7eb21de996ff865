/* Orders to delete logs: made, approved or stopped, carried out, and kept when the log is gone.
 * Must not delete anything of a log, nor say who may order.
 * Used by service. Rules: deletion 2, 6, 11. */
#ifndef STORE_ENDING_DELETION_H
#define STORE_ENDING_DELETION_H

#include "store/store.h"

/* In a work; its line is the caller's. Errors: E_DUPLICATE where an order of this log stands that is not stopped. */
MUST_USE Err store_deletion_insert(Tx *tx, const DeletionRow *row);
/* The row as it was read, with what has become of it, in its own place; version counts up. Errors: E_STALE when it was changed since
 * it was read, or is gone. */
MUST_USE Err store_deletion_update(Tx *tx, const DeletionRow *row);

/* The order of a log that is not stopped: it waits, runs, or is carried out. Errors: E_NOT_FOUND, E_FORGED. */
MUST_USE Err store_deletion_of_log(Tx *tx, int64_t log_no, DeletionRow *ret_row);
/* Errors: E_NOT_FOUND, E_FORGED. */
MUST_USE Err store_deletion_by_id(Tx *tx, Id id, DeletionRow *ret_row);

/* A page of orders. */
typedef struct DeletionPage {
    Id unit;      /* of those that wait: the logs of this unit alone; none: all */
    int64_t at;   /* of the last row of the page before: ordered_at, or purged_at; 0: from the start */
    Id id;
    uint32_t max; /* 1..500 */
} DeletionPage;
/* Neither stopped nor carried out, the oldest first. Errors: E_FORGED for a row that is not what was written. */
MUST_USE Err store_deletions_waiting(Tx *tx, const DeletionPage *page, Arena *keep, DeletionRows *ret_rows);
/* Approved, and due by then, by their ids behind page->id. */
MUST_USE Err store_deletions_due(Tx *tx, int64_t by, const DeletionPage *page, Arena *keep, DeletionRows *ret_rows);
/* Carried out, the newest first. */
MUST_USE Err store_deletions_done(Tx *tx, const DeletionPage *page, Arena *keep, DeletionRows *ret_rows);

#endif

/* The number of a permit's log; store.h has the rules and the verbs of its rows.
 * Must not be seen outside store.
 * Used by log_rows.c and content.c. */
#ifndef STORE_LOG_ROWS_H
#define STORE_LOG_ROWS_H

#include "store/tx.h"

/* Asks for it once in a transaction. Errors: E_FORBIDDEN for a permit that is none, E_NOT_FOUND. */
MUST_USE Err log_permitted(Tx *tx, const Permit *permit, Value *ret_no);

#endif

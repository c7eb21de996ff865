/* The number of a permit's log; store.h has the rules and the verbs of its rows.
 * Must not be seen outside store.
 * Used by log_rows.c, content.c and the room moving. */
#ifndef STORE_LOG_ROWS_H
#define STORE_LOG_ROWS_H

#include "store/tx.h"

/* Asks for it once in a transaction. Errors: E_FORBIDDEN for a permit that is none, E_NOT_FOUND. */
MUST_USE Err log_permitted(Tx *tx, const Permit *permit, Value *ret_no);

/* This work has changed the state, the flags or the owner of a log: the ledger tells of it. */
MUST_USE Err log_touch(Tx *tx, const Id *log);

/* A row of a log is changed by this statement, whose first parameter is its key and which gives back the log's number; the log's
 * access_version grows. Errors: E_STALE when it is not there. */
MUST_USE Err log_row_changed(Tx *tx, enum sql id, const Value *parameters, enum table table);

#endif

/* Where the chain of a database stands, and which lines are wanted.
 * Must not be seen outside store.
 * Used by tx.c, beside.c and audit.c. */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/tx.h"

/* audit_chain_head in two steps: range for SQL_AUDIT_LAST, and the answer to it, read to its end. */
void audit_chain_range(const Tx *tx, Value ret_range[static 2]);
MUST_USE Err audit_chain_take(Tx *tx, ChainHead *ret_head);
bool audit_wanted(const ActSet *acts, uint16_t act);

#endif

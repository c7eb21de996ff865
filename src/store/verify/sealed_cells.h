/* The sealed values of one row.
 * Must not be seen outside store.
 * Used by verify.c. */
#ifndef STORE_SEALED_CELLS_H
#define STORE_SEALED_CELLS_H

#include "store/tx.h"
#include "store/verify/verify.h"

#define SEALED_CELLS_MAX 2

/* Those of a row of this table that hold something; the bytes live in keep. Errors: E_FORGED (a column of a wrong type). */
MUST_USE Err sealed_cells(enum table table, const Value *columns, Arena *keep, SealedCell ret_cells[static SEALED_CELLS_MAX],
                          uint32_t *ret_count);

#endif

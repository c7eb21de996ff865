/* The proofs of rows: given to all rows of a database that is brought forward to the schema in which they have one.
 * Must not be called for a database whose rows have one already: it would call a stranger's row ours.
 * Used by migrate.c. */
#ifndef STORE_PROOFS_H
#define STORE_PROOFS_H

#include "store/driver.h"

/* Whose rows they are. */
typedef struct RowsOf {
    Prover prover;
    Id tenant;
} RowsOf;

/* In the transaction that is open. Errors: the prover's, where there is a row. */
MUST_USE Err proofs_make(const Driver *driver, Link *link, const RowsOf *of, Arena *scratch);

#endif

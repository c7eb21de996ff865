/* The proofs of rows and lines: given to all of a database that is brought forward to the schema in which they have one; and what the
 * proof of a log's standing is over.
 * Must not be made for rows that nobody has checked: it would call a stranger's row ours.
 * Used by migrate.c, verify.c and the verbs. */
#ifndef STORE_PROOFS_H
#define STORE_PROOFS_H

#include "store/tx.h"

/* Whose rows they are. */
typedef struct RowsOf {
    Prover prover;
    Id tenant;
} RowsOf;

/* In the transaction that is open. Errors: the prover's, where there is a row. */
MUST_USE Err proofs_make(const Driver *driver, Link *link, const RowsOf *of, Arena *scratch);

/* ---- a log's standing ----
 * Its plain row, its people and its consents, by which the policy decides before anything of the log is opened. Its head proves
 * the same and more, but needs the log's key; lists and stubs open a header without it. The proof is made when a work that
 * changed one of them puts the log's head. */

/* How many of the log's plain columns are under it: those that the policy looks at, up to access_version. */
#define STANDING_LOG_COLUMNS 8

/* Takes rows in the order: the log's own with its proof, participants, consents, units of consents. */
typedef struct Standing {
    Sha256 *row_sha, *sha;
    Hash proof;      /* as it stands in the log's row */
    bool has_proof;
} Standing;

/* The questions about one log, in their order, and how many columns of each row are under the proof. */
typedef struct StandingAsk {
    enum table table;
    enum sql sql;
    uint32_t columns;
} StandingAsk;
#define STANDING_TABLES 4
extern const StandingAsk standing_asks[STANDING_TABLES];

typedef struct StandingPart {
    Standing *standing;
    const StandingAsk *ask;
} StandingPart;

/* A RowWatch. */
MUST_USE Err standing_row(void *self, const Value *columns);

#endif

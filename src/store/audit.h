/* Where the chain of a database stands, and which lines are wanted.
 * Must not be seen outside store.
 * Used by tx.c, beside.c, logs.c, verify.c and audit.c. */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/tx.h"

/* Where what a line's work changed, and its proof, stand behind its own columns. */
#define COUNT_COLUMN(Row, type, field, column) +1
enum { AT_CHANGES = 0 AUDIT_LINE(COUNT_COLUMN, COUNT_COLUMN), AT_PROOF };

/* audit_chain_head in two steps: range for SQL_AUDIT_LAST, and the answer to it, read to its end. */
void audit_chain_range(const Tx *tx, Value ret_range[static 2]);
MUST_USE Err audit_chain_take(Tx *tx, ChainHead *ret_head);
/* A line as AUDIT_PROVEN reads it, from somebody who believes what it says. Errors: E_FORGED, told in the log of the process, when
 * it is not what this service wrote; those of the prover. */
MUST_USE Err audit_line_take(Tx *tx, const Value *columns, AuditRow *ret_row);
/* Whether the proof behind the changes is that of this hash. */
MUST_USE Err audit_proof_check(Tx *tx, const Value *columns, const Hash *hash, bool *ret_good);

/* What the chain says beside a row, for NEWEST_SHAPE. A line that somebody adds closes more, and never less. */
/* A RoleRow, and when it was ended (0: it was not). */
bool role_is_outdated(const void *row, const Value *beside);
/* A PersonRow, and how often the account was taken into use: each time has made a new version of it. */
bool person_is_outdated(const void *row, const Value *beside);

bool audit_wanted(const ActSet *acts, uint16_t act);

#endif

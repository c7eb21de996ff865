/* What the chain tells of and the ledger does not: after a cut between a commit and the ledger's write, or where there was no ledger
 * before.
 * Must not be seen outside store.
 * Used by writer.c. */
#ifndef STORE_CATCH_UP_H
#define STORE_CATCH_UP_H

#include "store/tx.h"

/* On the writer's thread, with no transaction open: reads the lines of this host's chain from where the ledger stands, adds what they
 * ended, and writes an audit line of it first: a head that was signed before never covers what comes into the ledger now.
 * A line that is not ours ends nothing. Errors: those of the prover, the database and the file. */
MUST_USE Err catch_up(Tx *tx);

#endif

/* What follows the filling of a restore, before anybody may open it: keys wrapped anew, what ended since ended again, everything verified,
 * and the newest heads accepted.
 * Must not end well with a finding.
 * Called by restore.c. */
#ifndef CLI_BACKUP_REOPEN_H
#define CLI_BACKUP_REOPEN_H

#include "cli/backup/lines.h"
#include "cli/backup/refill.h"
#include "service/service.h"

/* The databases of a restore, open for one process, with the joined keys of its custodians. */
typedef struct Reopen {
    const Tools *tools;
    const Custody *custody;
    const Given *given;
    const Recovery *recovery;
    const Refilled *refilled;
    Stores *stores;
    Id by;         /* the Unix user, for the audit */
    Arena *arena;
    CopyOf *copies; /* how far the chain of each database was in the backup, in the order of refilled */
    Ledger *others[LEDGERS_OTHER_MAX]; /* of other servers of the same databases */
    uint32_t other_count;
} Reopen;

OtherLedgers reopen_others(const Reopen *reopen);

/* A restored database, or the host's. */
MUST_USE Err reopen_database(const Reopen *reopen, Id tenant, Store **ret_store);

/* Every scope key under the present epoch of its municipality. Errors: E_NOT_FOUND (told: an epoch of then is destroyed). */
MUST_USE Err reopen_rewrap(const Reopen *reopen);
/* Chains, rows, proofs and every sealed value. Errors: E_FORGED, each finding told. */
MUST_USE Err reopen_verify(const Reopen *reopen);
/* A line in the host's audit; then the heads as they stand are the newest that the key file knows, with a line each in the agent's journal. */
MUST_USE Err reopen_record(const Reopen *reopen);
MUST_USE Err reopen_accept(const Reopen *reopen);

#endif

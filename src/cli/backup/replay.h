/* The ledger's lines of after the backup, carried out in what was restored from it.
 * Must be done before anybody may open it, and leaves nothing that a line says is gone.
 * Called by restore.c. Rule: deletion 10. */
#ifndef CLI_BACKUP_REPLAY_H
#define CLI_BACKUP_REPLAY_H

#include "cli/backup/reopen.h"
#include "cli/command/place.h"

/* How far the chain of each database was in the backup. Before anything is written there: a line that a restore adds itself takes the
 * number of one that the ledger has. */
MUST_USE Err replay_begin(Reopen *reopen);

/* reopen->stores is open without the ledger: what ends again stands there already. *ret_ended: how much it was.
 * Errors: E_FORGED (told: the ledger's chain does not hold), E_SCHEMA (told: of a newer program), those of store_replay. */
MUST_USE Err replay_ledger(const Reopen *reopen, const Place *place, uint64_t *ret_ended);
/* A line in the ledger for each database: its chain goes on from where it stands now, below what the ledger has heard of. */
MUST_USE Err replay_stands(const Reopen *reopen, const Place *place);
/* The same in the ledgers of other servers, which go on with them: the last thing of a restore. */
MUST_USE Err replay_stands_beside(const Reopen *reopen);

#endif

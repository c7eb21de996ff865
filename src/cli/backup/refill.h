/* Databases filled from a backup's records, and the ledger that lay beside them.
 * Must not take a record out of its order, nor end well before the last one.
 * Called by restore.c. */
#ifndef CLI_BACKUP_REFILL_H
#define CLI_BACKUP_REFILL_H

#include "cli/backup/open.h"
#include "store/store.h"

#define REFILL_DATABASES 1024

typedef struct Refill {
    const StoresOptions *options; /* of the new place */
    const char *data;             /* the data folder, which unfinished_begin was called for */
    int ledger;                   /* the newest ledger, opened for reading; -1: it is lost, and the backup's own is taken */
} Refill;

typedef struct Refilled {
    Id backup;
    int64_t made_at;
    uint64_t ledger;  /* bytes of it when the backup was made */
    uint64_t rows;
    Id tenants[REFILL_DATABASES];
    uint32_t count;
} Refilled;

/* Tells how far it is on stderr. The ledger stands in the data folder afterwards, whole. Errors: E_DUPLICATE (a database is there that this
 * restore has not made), E_FORGED (also: the ledger does not begin as the backup's does), E_MALFORMED, E_TRUNCATED, E_SCHEMA, E_DISK_FULL,
 * those of the store and of files. */
MUST_USE Err refill(OpenBackup *backup, const Refill *plan, Arena *arena, Refilled *ret_refilled);

#endif

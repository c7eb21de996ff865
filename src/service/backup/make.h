/* One backup of all databases of the installation: sealed as it is read, written to every place at once, signed at its end.
 * Must not leave a byte of a database in the clear on a disk, nor count a backup that is not whole.
 * Called by serve's thread and by the command `backup`. Rules: deletion 10, operation 5. */
#ifndef SERVICE_BACKUP_MAKE_H
#define SERVICE_BACKUP_MAKE_H

#include "service/backup/places.h"
#include "service/backup/shelf.h"
#include "service/service.h"

typedef struct BackupOrder {
    const BackupPlaces *places;
    const char *ledger; /* path of the ledger of deletions; one that is not there is fine */
    int64_t since;      /* none is made when the first place has one of this time or later: E_DUPLICATE; 0: always */
    Id by;              /* the Unix user who asked (sys/user.h), for the audit; none: it was due */
    const BackupProgress *progress; /* of bytes written; the total is that of the newest before it, or 0 */
} BackupOrder;

typedef struct BackupMade {
    BackupTrailer trailer;
    char name[BACKUP_NAME];
    uint32_t databases;
    uint64_t rows;
    uint32_t places;  /* where it lies now */
    uint32_t removed; /* files whose keys have died */
    Err failed;       /* why it does not lie in one of the places */
} BackupMade;

/* Writes a line into the host's audit, also when it fails. Errors: E_NOT_FOUND (no place in the register), E_DUPLICATE (see since), E_BUSY (another one is being
 * made), E_SEALED, E_NO_AGENT, E_DISK_FULL and the like when no place could take it, E_STOPPED, those of the store. */
MUST_USE Err backup_make(Service *service, const BackupOrder *order, BackupMade *ret_made);

/* Whether the first place has a backup that was made since; what its files say. */
MUST_USE Err backup_made_since(Service *service, const BackupPlaces *places, int64_t since, bool *ret_made);

/* Who signs here. Errors: E_NO_AGENT. */
MUST_USE Err backup_signer(Service *service, uint8_t ret_public[static 32], BackupSigner *ret_signer);

#endif

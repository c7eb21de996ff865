/* A backup opened by custodians who came together with a copy of the key file: the shares, the recovery key, the backup's own key.
 * Must not be used beside a running agent over the same key file, nor keep a key longer than its command.
 * Used by backup.c, restore.c. */
#ifndef CLI_BACKUP_OPEN_H
#define CLI_BACKUP_OPEN_H

#include <argp.h>

#include "backup/reader.h"
#include "cli/command/command.h"
#include "keyd/recover.h"
#include "service/backup/shelf.h"

/* Options --key-file, --mirror, --share, --passphrase-file, as a child of a command's own; the input is a Custody. */
typedef struct Custody {
    KeyFilePlaces places;
    const char *shares[CUSTODIANS_MAX];
    const char *passphrases[CUSTODIANS_MAX]; /* files, in the order of the shares */
    size_t share_count, passphrase_count;
} Custody;
extern const struct argp custody_argp;

/* The shares that were named, opened in this process. Wipe them. */
typedef struct Given {
    CustodianShares shares[CUSTODIANS_MAX];
    size_t count;
} Given;
void given_wipe(Given *given);
MUST_USE Err custody_read(const Custody *custody, const Tools *tools, Given *ret_given);

/* In mode test: the time as the agent over this key file had it. */
MUST_USE Err custody_clock(const Custody *custody, const KeyFile *file, Tools *tools);

typedef struct OpenBackup {
    int fd;
    BackupTrailer trailer;
    BackupReader *reader;
    Key key;
} OpenBackup;
#define OPEN_BACKUP_NONE {.fd = -1}
void open_backup_close(OpenBackup *backup);
/* Signed by this installation, its key not dead: told in words where it is not so. Errors: those of backup_look, E_NOT_FOUND. */
MUST_USE Err open_backup(const char *path, const Recovery *recovery, const Tools *tools, OpenBackup *ret_backup);

/* Tells how far it is, on stderr, once a second. */
typedef struct Meter {
    const char *what;
    const char *of; /* what is counted; NULL: bytes */
    uint64_t total;
    int64_t began, told;
} Meter;
Meter meter_new(const char *what, uint64_t total);
void meter_tell(Meter *meter, uint64_t done);

#endif

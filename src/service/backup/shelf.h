/* The backups that lie in one place: found, read as far as that goes without a key, checked, removed when their time is over.
 * Must not remove or judge a file that this installation has not signed.
 * Called by service/backup, cli/backup. */
#ifndef SERVICE_BACKUP_SHELF_H
#define SERVICE_BACKUP_SHELF_H

#include "backup/trailer.h"

#define BACKUP_ENDING ".backup"
#define BACKUP_NAME 64

/* Who signs here: keys/keys.h, KeysStatus. */
typedef struct BackupSigner {
    const Crypto *crypto;
    Mode mode;
    const uint8_t *head_public; /* 32 bytes */
} BackupSigner;

/* Its name in a place: when it was made, and which it is. */
void backup_name(const BackupTrailer *trailer, char ret_name[static BACKUP_NAME]);

/* Reads the two ends and checks the signature, not what lies between. Errors: E_NOT_FOUND, E_TRUNCATED, E_MALFORMED, E_FORGED (of another
 * installation, or changed; or its length is not what was signed), E_MODE, E_IO. */
MUST_USE Err backup_look(const BackupSigner *signer, const char *path, BackupTrailer *ret_trailer);

/* How far a check has come; may end it. */
typedef struct BackupProgress {
    void *self;
    Err (*tell)(void *self, uint64_t done, uint64_t total);
} BackupProgress;
/* The same, and every byte of it: what lies there is what was signed. Opens nothing. Errors: as backup_look, those of progress. */
MUST_USE Err backup_check(const BackupSigner *signer, const char *path, const BackupProgress *progress, BackupTrailer *ret_trailer);

typedef struct BackupFiles {
    struct BackupFile {
        char name[BACKUP_NAME];
        BackupTrailer trailer;
    } *items;
    uint32_t count;
} BackupFiles;
/* Ours in a folder, oldest first. Others are passed over. Errors: E_NOT_FOUND (no such folder), E_FORBIDDEN, E_IO. */
MUST_USE Err backup_files(const BackupSigner *signer, const char *folder, Arena *keep, BackupFiles *ret_files);

/* Removes ours whose key has died by now: nothing opens them any more. *ret_removed counts them. */
MUST_USE Err backup_remove_dead(const BackupSigner *signer, const char *folder, int64_t now, uint32_t *ret_removed);

#endif

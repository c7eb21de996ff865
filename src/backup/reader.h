/* Opens a backup chunk by chunk and gives its records in their order.
 * Must not give out a byte of a chunk that is not whole, nor take a backup for complete that was cut.
 * Called by cli/backup and tests. */
#ifndef BACKUP_READER_H
#define BACKUP_READER_H

#include "base/arena.h"
#include "backup/records.h"
#include "backup/trailer.h"

/* Where the bytes come from: exactly length bytes. Errors: E_TRUNCATED when there are fewer. */
typedef struct BackupSource {
    void *self;
    Err (*read)(void *self, void *ret_bytes, size_t length);
} BackupSource;

typedef struct BackupReader BackupReader;
/* size is that of head and chunks: the whole file but its trailer. Reads nothing. Errors: E_TRUNCATED, E_NO_MEMORY. */
MUST_USE Err backup_reader_new(const Crypto *crypto, BackupSource source, uint64_t size, BackupReader **ret_reader);
void backup_reader_free(BackupReader *reader);
void backup_reader_freep(BackupReader **reader);

/* Reads the head: whose key is asked for. Errors: E_MALFORMED, the source's. */
MUST_USE Err backup_read_head(BackupReader *reader, BackupHead *ret_head);
/* The key that opens what follows; it outlives the reader. */
void backup_reader_key(BackupReader *reader, const Key *key);

/* The next record; *ret_bytes lives in keep. After RECORD_END there is none: E_MALFORMED when something stands behind it.
 * Errors: E_FORGED (a chunk that was changed, moved, left out or brought in, or another key), E_TRUNCATED (it ends within a
 * record), E_MALFORMED, E_TOO_LARGE, the source's. */
MUST_USE Err backup_read(BackupReader *reader, Arena *keep, BackupRecord *ret_kind, Str *ret_bytes);
/* Bytes of the file that were read so far. */
uint64_t backup_read_bytes(const BackupReader *reader);

#endif

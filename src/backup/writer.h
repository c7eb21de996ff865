/* Seals records into a backup as they come, and writes it from its beginning to its end: nothing is kept but one chunk.
 * Must not write a byte of what it is given in the clear.
 * Called by service/backup and tests. */
#ifndef BACKUP_WRITER_H
#define BACKUP_WRITER_H

#include "backup/records.h"
#include "backup/trailer.h"

/* Where the bytes go. */
typedef struct BackupSink {
    void *self;
    Err (*write)(void *self, Str bytes);
} BackupSink;

typedef struct BackupWriter BackupWriter;
/* Writes the head. key seals this backup and no other, and outlives the writer. Errors: E_NO_MEMORY, the sink's. */
MUST_USE Err backup_writer_new(const Crypto *crypto, const BackupHead *head, const Key *key, BackupSink sink,
                               BackupWriter **ret_writer);
void backup_writer_free(BackupWriter *writer);
void backup_writer_freep(BackupWriter **writer);

/* Errors: E_TOO_LARGE (a record over RECORD_MAX), E_CRYPTO, the sink's. */
MUST_USE Err backup_write(BackupWriter *writer, BackupRecord kind, Str bytes);
/* Bytes that were written so far. */
uint64_t backup_written(const BackupWriter *writer);
/* Seals the last chunk; size and sha256 of the trailer are filled in. The trailer itself is signed and written by the caller. */
MUST_USE Err backup_writer_end(BackupWriter *writer, BackupTrailer *trailer);

#endif

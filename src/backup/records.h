/* What stands inside a backup: records, one after the other, over the borders of its chunks.
 * Must not be renumbered.
 * Used by the writer and the reader, and by those who fill and empty them. Format: docs/formats.md. */
#ifndef BACKUP_RECORDS_H
#define BACKUP_RECORDS_H

#include "base/buf.h"

/* name, number */
#define BACKUP_RECORDS(X)                                                                   \
    X(MANIFEST, 1)     /* when, where the ledger stood */                                   \
    X(DATABASE, 2)     /* whose, of which schema, how many lines its chains have */         \
    X(TABLE, 3)        /* name and columns */                                               \
    X(ROW, 4)          /* of the table before it */                                         \
    X(DATABASE_END, 5) /* how many rows it had */                                           \
    X(LEDGER, 6)       /* a piece of the ledger of deletions */                             \
    X(END, 7)          /* how many databases there were: nothing comes behind it */
#define X(name, number) RECORD_##name = (number),
typedef enum BackupRecord { BACKUP_RECORDS(X) RECORD_COUNT } BackupRecord;
#undef X

#define RECORD_HEAD 5 /* kind u8 | length u32 */
#define RECORD_MAX ((size_t)64 << 20)

#endif

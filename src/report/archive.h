/* A ZIP file of stored parts: opened on any computer without this program, and read back here by the strict half of the format
 * that is written (docs/formats.md).
 * Must not compress, nor read a file that another program made.
 * Used by package and by the command that verifies. */
#ifndef REPORT_ARCHIVE_H
#define REPORT_ARCHIVE_H

#include "base/buf.h"

#define ARCHIVE_PARTS_MAX 1000
#define ARCHIVE_NAME_MAX 80

typedef struct ArchivePart {
    Str name;    /* 1..ARCHIVE_NAME_MAX letters of a-z, 0-9, '-' and '.' */
    Str bytes;
} ArchivePart;

typedef struct ArchiveParts {
    ArchivePart *items;
    uint32_t count;
} ArchiveParts;

/* The file as pieces, one after the other: heads in keep, the parts where they stand, so that large ones are not copied.
 * made_at is the time of each part. *ret_pieces: 2 * count + 1 of them. Errors: E_TOO_LARGE (4 GiB, or too many parts), E_RANGE
 * (a name), E_NO_MEMORY. */
MUST_USE Err archive_write(const ArchiveParts *parts, int64_t made_at, Arena *keep, Str **ret_pieces);
/* The parts of a file, views into it. Errors: E_MALFORMED for whatever archive_write would not have written, byte for byte. */
MUST_USE Err archive_read(Str file, Arena *keep, ArchiveParts *ret_parts);

#endif

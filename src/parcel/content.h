/* What a parcel holds, opened: the data of a log by the field table, and the papers of those who said yes to its transfer. Pure.
 * Must not read the data: report/read.h does.
 * Used by service/crossing and service/acts/transfer, and by fuzzing. Format: docs/formats.md. */
#ifndef PARCEL_CONTENT_H
#define PARCEL_CONTENT_H

#include "base/buf.h"

#define PARCEL_PAPERS_MAX 8

typedef struct ParcelContent {
    Str data;
    Str papers[PARCEL_PAPERS_MAX]; /* in the order of the documents that the data tell */
    uint32_t paper_count;
} ParcelContent;

/* Errors: E_TOO_LARGE, E_NO_MEMORY. */
MUST_USE Err parcel_content_write(const ParcelContent *content, Arena *keep, Str *ret_bytes);
/* Views into bytes. Errors: E_MALFORMED. */
MUST_USE Err parcel_content_read(Str bytes, ParcelContent *ret_content);

#endif

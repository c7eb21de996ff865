/* The bytes of a report under a key of their own: sealed a part at a time on their way into the database, opened and checked on their
 * way out.
 * Must not keep the key.
 * Used by service/acts/report and taken. Rule: keys 3. */
#ifndef SERVICE_REPORT_SEALED_H
#define SERVICE_REPORT_SEALED_H

#include "crypto/crypto.h"
#include "service/service.h"

#define REPORT_PART_BYTES ((size_t)1 << 20)

/* Whose bytes, under which key. */
typedef struct ReportBytes {
    Service *service;
    const Actor *actor;
    Id report;
    const Key *key;     /* of the report's scope */
} ReportBytes;

/* What was put. */
typedef struct ReportPut {
    uint32_t parts;
    int64_t size;
    Hash sha256;
    Hash sealed_sha256; /* of the parts as they are stored */
} ReportPut;

/* Seals what the pieces hold, one after the other, and puts it into the database in works of their own: no row names it yet.
 * Errors: those of crypto and the store. */
MUST_USE Err report_put(const ReportBytes *bytes, const Str *pieces, uint32_t count, ReportPut *ret_put);
/* Opens all parts that the row tells. *ret_file lives in keep. Errors: E_FORGED when they are not what was put. */
MUST_USE Err report_open(const ReportBytes *bytes, const ReportRow *row, Arena *keep, Str *ret_file);

#endif

/* One line of the ledger: what ended, and when, in ids and times only. Its bytes and its place in the chain of the file.
 * Must not open a file, nor know what a line is made of.
 * Used by the room and by verify.c. Format: docs/formats.md. Rule: deletion 10. */
#ifndef STORE_LEDGER_LINE_H
#define STORE_LEDGER_LINE_H

#include "base/hash.h"
#include "base/id.h"
#include "crypto/hash.h"

/* What a line says of its object. The numbers stand in files for ever. name, number, what `value` is */
#define LEDGER_KINDS(X)                                                           \
    X(LOG_GONE, 1, "none")                                                        \
    X(LOG_STATE, 2, "state << 56 | reason of the closing << 48 | flags")          \
    X(LOG_PASSIVE, 3, "when it became passive; 0: it is so no more")              \
    X(CONSENT_WITHDRAWN, 4, "when")                                               \
    X(CONSENT_UNIT_GONE, 5, "none")                                               \
    X(PARTICIPANT_ENDED, 6, "when")                                               \
    X(ROLE_ENDED, 7, "when")                                                      \
    X(PERSON_GONE, 8, "none")                                                     \
    X(DOCUMENT_GONE, 9, "none")                                                   \
    X(KEY_GONE, 10, "none")                                                       \
    X(STANDS, 11, "the first number of the chain that may have lines after this") \
    X(DELETION_DONE, 12, "T1")                                                    \
    X(DELETION_CONFIRMED, 13, "T2, when the last backup had died")                \
    X(REPORT_GONE, 14, "none")

#define X(name, number, value) LEDGER_##name = (number),
enum ledger_kind { LEDGER_NONE = 0, LEDGER_KINDS(X) LEDGER_KIND_LIMIT };
#undef X

#define LEDGER_LINE_BYTES 97

typedef struct LedgerLine {
    uint64_t seq;         /* 1.. in the file, without a gap */
    int64_t at;           /* of the audit line */
    Id tenant;
    int64_t chain;        /* number of the audit line: writer id << 40 | 1.. */
    uint8_t kind;
    Id object;
    int64_t value;
    Hash hash;            /* over the line before and this one */
} LedgerLine;

/* What stands before the first line of a file. */
MUST_USE Err ledger_start(Sha256 *sha, Hash *ret_hash);
/* The bytes of a line that follows `previous`, with its hash, which is put into the line too. */
MUST_USE Err ledger_line_write(Sha256 *sha, const Hash *previous, LedgerLine *line, uint8_t ret_bytes[static LEDGER_LINE_BYTES]);
/* A line out of its bytes, judged by its form. Errors: E_TRUNCATED, E_MALFORMED. */
MUST_USE Err ledger_line_read(Str bytes, LedgerLine *ret_line);
/* The same, which must follow `previous` as number `seq`. Errors: E_FORGED. */
MUST_USE Err ledger_line_follow(Sha256 *sha, const Hash *previous, uint64_t seq, Str bytes, LedgerLine *ret_line);

#endif

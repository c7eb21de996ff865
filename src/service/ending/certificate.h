/* The certificate of a deletion: who ordered and approved it by role and id, when, what was removed, and when no backup shows it any
 * more. No name and no number of anybody.
 * Must not hold what the log was about.
 * Used by purge.c, by the pages that show it and by the command `certificate`. Rule: deletion 11. Format: docs/formats.md. */
#ifndef SERVICE_ENDING_CERTIFICATE_H
#define SERVICE_ENDING_CERTIFICATE_H

#include "service/service.h"
#include "store/ending/deletion.h"
#include "store/ending/purge.h"

#define REMOVED_BYTES ((size_t)4 * PURGED_KINDS + 4) /* of CertificateRow.removed: u32 each, then the facts that stay */
#define CERTIFICATE_MAX ((size_t)8 << 10)

typedef struct Certificate {
    DeletionRow deletion;
    CertificateRow row;
    uint8_t ordered_role, approved_role;
    int64_t audit;        /* the line of the purge */
    uint64_t ledger;      /* the line of the ledger */
    Hash hash;            /* SHA-256 of the body */
} Certificate;

/* The roles and the line, out of the lines about the log. */
MUST_USE Err certificate_read_lines(Tx *tx, Arena *keep, Certificate *certificate);
/* Body and signature, put into the row. Errors: those of the key agent. */
MUST_USE Err certificate_sign(const Service *service, Id tenant, Arena *keep, Certificate *certificate);
/* The number of the ledger's line that a body names. Errors: E_MALFORMED. */
MUST_USE Err certificate_ledger(Str body, uint64_t *ret_ledger);

/* The file that leaves: {"certificate":BODY,"signature":"HEX"} and a line's end. */
MUST_USE Err certificate_file(const CertificateRow *row, Arena *keep, Str *ret_file);

/* A file, without a database and without the key agent. Errors: E_MALFORMED; E_FORGED when this key did not sign it. */
typedef struct CertificateRead {
    Str body;      /* a view of the file */
    Id tenant, log;
    bool complete; /* T2 is confirmed */
} CertificateRead;
MUST_USE Err certificate_verify(Str file, const uint8_t public_key[static 32], CertificateRead *ret_read);

#endif

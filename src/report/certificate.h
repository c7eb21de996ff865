/* The certificate of a deletion in words, as a document that prints: what it says, and the signed text at its end.
 * Must not name anybody: roles, ids, times and numbers.
 * Used by web. Rules: deletion 11, web 9. */
#ifndef REPORT_CERTIFICATE_H
#define REPORT_CERTIFICATE_H

#include "base/id.h"
#include "domain/roles.h"
#include "text/text.h"

/* Who did something, and when. */
typedef struct CertificateWho {
    Role role;
    Id person;
    int64_t at;
} CertificateWho;

/* So many rows of this kind were removed: code of "purged.<code>". */
typedef struct CertificateRemoved {
    const char *code;
    uint32_t rows;
} CertificateRemoved;

typedef struct CertificateWords {
    enum language language;
    Str municipality;
    uint32_t display;                /* the log's number */
    Id log;
    Str unit;                        /* its name; may be empty */
    unsigned cause, archive, ground; /* codes; 0: none */
    CertificateWho ordered, approved;
    int64_t purged_at;
    Str last;                        /* until when a backup shows it, in words; may be empty */
    const CertificateRemoved *removed;
    size_t removed_count;
    uint32_t facts;                  /* that stay in the statistics, tied to nobody */
    Str file;                        /* as it was signed */
} CertificateWords;

/* *ret_bytes live in keep. Errors: those of pdf. */
MUST_USE Err certificate_print(const CertificateWords *words, Arena *keep, Str *ret_bytes);

#endif

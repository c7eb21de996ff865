/* Deletions that were carried out, and the certificate of each: for administrators and auditors.
 * Must not tell whom a log was about: nobody knows any more.
 * Called by web and api. Rule: deletion 11. */
#ifndef SERVICE_ENDING_CERTIFICATES_H
#define SERVICE_ENDING_CERTIFICATES_H

#include "service/ending/certificate.h"
#include "service/reading/deletions.h"

typedef struct CertificateItem {
    DeletionRow row;
    Str unit_name;
    Day last_on;      /* T2 as it is planned */
} CertificateItem;

typedef struct CertificateItems {
    const CertificateItem *items;
    uint32_t count;
    bool more;
} CertificateItems;

typedef struct CertificateView {
    CertificateItem item;
    Str ordered_by, approved_by; /* names, for an administrator */
    enum Role ordered_as, approved_as;
    uint32_t removed[PURGED_KINDS];
    uint32_t facts; /* that stay, tied to nobody */
    Str file;                    /* the certificate as it leaves: signed JSON; empty until it is made */
} CertificateView;

/* A page of them, the newest first. One line "listed n". Errors: E_FORBIDDEN for everybody else. */
MUST_USE Err certificates_list(Service *service, const Actor *actor, DeletionBehind behind, Arena *keep, CertificateItems *ret_items);
/* That of a deleted log, with its line. Errors: as log_enter's refusals. */
MUST_USE Err certificate_open(Service *service, const Actor *actor, Id log, Arena *keep, CertificateView *ret_view);
/* Whether whoever asks for this log may read its certificate instead. No line: the page of it has its own. */
bool certificate_is_there(const Actor *actor, Id log, Arena *keep);

#endif

/* Deletions that were carried out, and the certificate of each.
 * Must not show whom a log was about.
 * Called through the table of routes, and by the API. */
#ifndef WEB_ENDING_CERTIFICATES_H
#define WEB_ENDING_CERTIFICATES_H

#include "service/ending/certificates.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err certificates_page(Call *call);
MUST_USE Err certificate_page(Call *call);
/* What the list shows, for the API: a page of it, by the query; and the mark of the next one, empty where there is none. */
MUST_USE Err certificates_shown(Call *call, CertificateItems *ret_items);
MUST_USE Err certificates_next(Call *call, const CertificateItems *items, Str *ret_before);
/* Until when a backup can show it; since when none can, once that is confirmed. */
MUST_USE Err certificate_last(const Call *call, const CertificateItem *item, Str *ret_words);

#endif

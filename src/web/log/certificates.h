/* Deletions that were carried out, and the certificate of each.
 * Must not show whom a log was about.
 * Called through the table of routes, and by the API. */
#ifndef WEB_LOG_CERTIFICATES_H
#define WEB_LOG_CERTIFICATES_H

#include "service/reading/certificates.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err certificates_page(Call *call);
MUST_USE Err certificate_page(Call *call);
/* What the list shows, for the API: a page of it, by the query; and the mark of the next one, empty where there is none. */
MUST_USE Err certificates_shown(Call *call, CertificateItems *ret_items);
MUST_USE Err certificates_next(Call *call, const CertificateItems *items, Str *ret_before);
/* Whoever asks for a log that is deleted, and may read its certificate, is led there; else the error stands. */
MUST_USE Err certificate_instead(Call *call, Err error);

#endif

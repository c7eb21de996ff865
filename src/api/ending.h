/* How logs end, as JSON: the order to delete one, and all that wait or run.
 * Must not decide who sees what.
 * Used by write.c and web's handlers under /api/. */
#ifndef API_ENDING_H
#define API_ENDING_H

#include "api/out.h"
#include "service/log/view.h"
#include "service/ending/certificates.h"

/* The times of the order inside a log's document; nothing where none stands. */
void write_order(Out *out, const LogOrder *order);
/* As write.h has it. before: what asks for the next page, or nothing. */
MUST_USE Err write_deletions(const DeletionItems *items, Str before, Arena *keep, Str *ret_body);
MUST_USE Err write_certificates(const CertificateItems *items, Str before, Arena *keep, Str *ret_body);

#endif

/* What a report was made of, as one hash: equal as long as nothing that would be archived has changed (rules: deletion 5).
 * Must not change by the steps that end a log: its own row, who takes part, and what is said about its end.
 * Used by service/report, and by whoever orders or approves a deletion or a transfer. */
#ifndef SERVICE_REPORT_CONTENT_H
#define SERVICE_REPORT_CONTENT_H

#include "store/store.h"

/* SHA-256 over the digests of the log's entries (all versions; but those of its end), consents, their units, and documents.
 * Errors: E_CRYPTO, E_NO_MEMORY. */
MUST_USE Err report_content(const LogContent *content, Hash *ret_hash);
/* Whether a report tells all that stands in the log now. */
MUST_USE Err report_is_new(const ReportRow *report, const LogContent *content, bool *ret_new);

#endif

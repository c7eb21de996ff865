/* The part of a log that goes to another municipality, as one hash: over what was written, so that it is equal under whichever key it
 * is sealed.
 * Must not depend on who takes part, nor on anything that changes when the log has gone.
 * Used by service/crossing and service/acts/transfer. Rule: transfer 6. Format: docs/formats.md. */
#ifndef REPORT_SEGMENT_H
#define REPORT_SEGMENT_H

#include "report/report.h"

/* SHA-256 over its first entries, all versions of them, in the order of writing: plain columns and the canonical encoding of what they
 * say. Errors: E_RANGE for more than there are; E_TOO_LARGE, E_NO_MEMORY, E_CRYPTO. */
MUST_USE Err report_segment_hash(const ReportEntries *entries, uint32_t count, Arena *scratch, ReportHash *ret_hash);

#endif

/* Archive reports: a row each under a proof, and their sealed bytes a part at a time.
 * Must not tell whose they are: whoever reads one has asked the policy about its log.
 * Used by service. Rule: deletion 5. */
#ifndef STORE_REPORT_REPORTS_H
#define STORE_REPORT_REPORTS_H

#include "store/store.h"

/* One part of the sealed bytes of a report, counted from 0. It stands before the row does, in works of its own: whatever no row
 * names is removed when it is an hour old. Errors: E_DUPLICATE. */
typedef struct ReportPart {
    Id report;
    uint32_t part;
    int64_t at;
    Str sealed;
} ReportPart;
MUST_USE Err store_report_part_insert(Tx *tx, const ReportPart *part);
/* Errors: E_NOT_FOUND. */
MUST_USE Err store_report_part(Tx *tx, Id report, uint32_t part, Arena *keep, Str *ret_sealed);

/* In a work with a line. Errors: E_DUPLICATE. */
MUST_USE Err store_report_insert(Tx *tx, const ReportRow *row);
/* Of one log, the newest first; of a log that is gone too. Errors: E_FORGED for one that was not written here. */
MUST_USE Err store_reports_of_log(Tx *tx, Id log, Arena *keep, ReportRows *ret_rows);
/* Of logs that are gone, those that end first; max: 1..1000. */
MUST_USE Err store_reports_kept(Tx *tx, uint32_t max, Arena *keep, ReportRows *ret_rows);
/* Its log is purged: from now on it has an end, at this time (UTC ms). Errors: E_NOT_FOUND; E_STALE when it has one. */
MUST_USE Err store_report_ends(Tx *tx, Id log, Id report, int64_t destroy_on);
/* The row, its bytes and its key are gone; the caller writes a line, and purges afterwards. Errors: E_NOT_FOUND. */
MUST_USE Err store_report_delete(Tx *tx, Id report);
/* All whose end has come at this time (UTC ms), at most 100; *ret_count is how many. The caller writes a line when there are any. */
MUST_USE Err store_reports_delete_over(Tx *tx, int64_t at, uint32_t *ret_count);
/* Bytes put at this time or before that no row names: of a report that was given up while it was made. */
MUST_USE Err store_report_parts_delete_lost(Tx *tx, int64_t at, uint32_t *ret_count);

#endif

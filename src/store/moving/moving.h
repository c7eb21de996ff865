/* Logs that a person or a unit has left behind, and how they get to another unit; store.h has the rules.
 * Must not open anything: plain rows and counts.
 * Called by service. */
#ifndef STORE_MOVING_MOVING_H
#define STORE_MOVING_MOVING_H

#include "store/store.h"

/* Plain rows in the order of their numbers, for jobs: of active logs whose holder has no role in their unit at now; of those that a
 * unit owns, takes part in or is named in by a consent, but for deleted ones. */
typedef struct LogsAfter {
    Id unit;
    int64_t now;
    int64_t no;   /* after this number */
    uint32_t max; /* 1..500 */
} LogsAfter;
MUST_USE Err store_logs_unheld(Tx *tx, const LogsAfter *page, Arena *keep, LogRows *ret_rows);
MUST_USE Err store_logs_naming_unit(Tx *tx, const LogsAfter *page, Arena *keep, LogRows *ret_rows);
/* Passive logs with their headers, those that have been so for longest first: of a unit, or of all where none is named; behind the one
 * that became passive then. And the entries on which the clocks of one log hang. Errors: E_FORBIDDEN without a permit. */
typedef struct PassivePage {
    Id unit;
    int64_t passive_at, no; /* of the last row of the page before; 0: from the start */
    uint32_t max;           /* 1..500 */
} PassivePage;
MUST_USE Err store_logs_passive(Tx *tx, const Permit *permit, const PassivePage *page, Arena *keep, LogRows *ret_rows);
MUST_USE Err store_log_lived(Tx *tx, int64_t log_no, Arena *keep, EntryRows *ret_rows);
/* The active logs of this unit that this person holds. */
MUST_USE Err store_batons_count(Tx *tx, Id holder, Id unit, int64_t *ret_count);
/* Nothing is left in a unit: no log but deleted ones, and no role that has not ended. */
MUST_USE Err store_unit_is_empty(Tx *tx, Id unit, int64_t now, bool *ret_empty);

/* A place in a log, and what a consent names, are of another unit from now on; access_version grows. What was sealed stays: no unit
 * is part of it. Errors: E_STALE when the row is not there. */
MUST_USE Err store_participant_move(Tx *tx, Id row, Id unit);
/* A place in a log ends then; the same of what was sealed. Errors: E_STALE when the row is not there. */
MUST_USE Err store_participant_end(Tx *tx, Id row, int64_t at);
MUST_USE Err store_consent_unit_move(Tx *tx, Id row, Id unit);

#endif

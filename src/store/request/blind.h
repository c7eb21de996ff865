/* Requests of units for logs that they do not know of.
 * Must not tell whether one was met: whoever reads a row is told by the service what may be shown of it.
 * Used by service. Rule: transfer 8. */
#ifndef STORE_REQUEST_BLIND_H
#define STORE_REQUEST_BLIND_H

#include "store/store.h"

/* In a work; its line is the caller's. */
MUST_USE Err store_blind_insert(Tx *tx, const BlindRequestRow *row);
/* The newest log, active or passive, of the child with this index; none when there is none: the same questions either way. */
MUST_USE Err store_blind_log(Tx *tx, const ScopeIndex *index, Arena *keep, Id *ret_log);
/* How many one person, and their unit, sent, each later than its time (UTC ms). */
typedef struct BlindCounts {
    int64_t person, unit;
} BlindCounts;
MUST_USE Err store_blind_counts(Tx *tx, const BlindRequestRow *row, const BlindCounts *since, BlindCounts *ret_counts);
/* Those of one unit, the newest first. max: 1..10000. */
MUST_USE Err store_blind_sent(Tx *tx, Id unit, uint32_t max, Arena *keep, BlindRequestRows *ret_rows);
/* Those later than since that met a log of this unit; of no unit: any log there still is. The newest first. */
typedef struct BlindMet {
    Id unit;
    int64_t since;
    uint32_t max;
} BlindMet;
MUST_USE Err store_blind_met(Tx *tx, const BlindMet *asked, Arena *keep, BlindRequestRows *ret_rows);
/* What the requests later than since met: the scopes with the numbers of the logs that they name, and of those the logs that are
 * active or passive, by number. */
typedef struct BlindSame {
    ScopeKeyRows scopes;
    LogRows logs;
} BlindSame;
MUST_USE Err store_blind_same(Tx *tx, int64_t since, Arena *keep, BlindSame *ret_same);
/* Of these, in the order of their numbers, those that one request met: all of its child. room: as many as there are logs. */
uint32_t blind_same_of(const BlindSame *same, const BlindRequestRow *row, const LogRow **room);
/* Those that nobody has looked at yet, the oldest first. */
MUST_USE Err store_blind_untold(Tx *tx, uint32_t max, Arena *keep, BlindRequestRows *ret_rows);
/* Errors: E_NOT_FOUND when it is gone. */
MUST_USE Err store_blind_told(Tx *tx, const BlindRequestRow *row, int64_t now);

#endif

/* Logs on their way to another municipality: a row in each of the two databases, under one id.
 * Must not tell whom a log is about: ids, times and the public names of units alone; what is sealed stays so.
 * Used by service. Rule: transfer 6. */
#ifndef STORE_REQUEST_CROSSING_H
#define STORE_REQUEST_CROSSING_H

#include "store/store.h"

/* In a work; its line is the caller's. Errors: E_DUPLICATE: it is here already. */
MUST_USE Err store_crossing_insert(Tx *tx, const CrossingRow *row);
/* What was read, changed since: its version grows. Errors: E_STALE when another was put meanwhile. */
MUST_USE Err store_crossing_update(Tx *tx, const CrossingRow *row);
/* Errors: E_NOT_FOUND, E_FORGED. */
MUST_USE Err store_crossing(Tx *tx, Id id, Arena *keep, CrossingRow *ret_row);
/* Those that go one way and have not come so far; the oldest first, at most 1,000. Their ids: what is sealed in a row is large. */
typedef struct CrossingIds {
    struct CrossingId {
        Id id;
    } *items;
    uint32_t count;
} CrossingIds;
MUST_USE Err store_crossings_open(Tx *tx, uint8_t way, uint8_t before, Arena *keep, CrossingIds *ret_ids);
/* Those of one way about a unit, proposed after a time; the newest first, at most 100. */
typedef struct CrossingsWish {
    Id unit;
    uint8_t way;
    int64_t after;
} CrossingsWish;
MUST_USE Err store_crossings_to_unit(Tx *tx, CrossingsWish wish, Arena *keep, CrossingRows *ret_rows);
/* A log is purged: what of it was on its way goes with it, its key too. *ret_count: how many. */
MUST_USE Err store_crossings_end_of_log(Tx *tx, int64_t log_no, uint32_t *ret_count);

/* ---- municipalities of other installations ---- */

/* Known from now on, or by another card. In a work. */
MUST_USE Err store_partner_put(Tx *tx, const PartnerRow *row);
/* Errors: E_NOT_FOUND. */
MUST_USE Err store_partner(Tx *tx, Id municipality, Arena *keep, PartnerRow *ret_row);
/* At most 400. */
MUST_USE Err store_partners(Tx *tx, Arena *keep, PartnerRows *ret_rows);

#endif

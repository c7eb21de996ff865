/* Facts before their publication, sealed, and after it, plain. Neither says of which log it is.
 * Must not keep a time, an order or a number by which a fact and a log could be brought together.
 * Used by service/statistics. Rules: statistics 2, 3. */
#ifndef STORE_STATISTICS_FACTS_H
#define STORE_STATISTICS_FACTS_H

#include "store/store.h"

/* ---- sealed ---- */

/* Errors: E_DUPLICATE (one is found by the same). */
MUST_USE Err store_fact_insert(Tx *tx, const FactRow *row);
/* Errors: E_NOT_FOUND (it was published, or never was), E_FORGED. */
MUST_USE Err store_fact(Tx *tx, Id found, Arena *keep, FactRow *ret_row);
/* The row of this id is this from now on. Errors: E_STALE when it is gone. */
MUST_USE Err store_fact_replace(Tx *tx, const FactRow *row);
/* Those found by any of count (1..FACTS_AT_ONCE) ids are gone. */
#define FACTS_AT_ONCE 20
MUST_USE Err store_facts_delete(Tx *tx, const Id *found, uint32_t count, uint32_t *ret_count);
/* Those found by any of count ids (1..FACTS_AT_ONCE), in no order, in keep. Errors: E_FORGED. */
MUST_USE Err store_facts_found(Tx *tx, const Id *found, uint32_t count, Arena *keep, FactRows *ret_rows);

/* What may become a fact at the purge of a log: the ids of its attentions and measures, from plain columns, in keep. */
MUST_USE Err store_fact_entries(Tx *tx, int64_t log_no, Arena *keep, FactEntryRows *ret_rows);

/* Whether somebody has withdrawn their consent and not given it again, from plain columns: the log feeds no more facts. No error of its own. */
MUST_USE Err store_facts_withdrawn(Tx *tx, int64_t log_no, bool *ret_withdrawn);

/* A page of those that have entered by the end of a quarter, in the order of their ids. */
typedef struct FactPage {
    uint16_t last;  /* quarter */
    Id after;
    uint32_t max;   /* 1..1000 */
} FactPage;
/* In keep. Errors: E_FORGED. */
MUST_USE Err store_facts_entered(Tx *tx, const FactPage *page, Arena *keep, FactRows *ret_rows);
/* How many have entered by the end of the quarter; from plain columns, no error of its own. */
MUST_USE Err store_facts_count(Tx *tx, uint16_t last, int64_t *ret_count);
/* They are published: gone. */
MUST_USE Err store_facts_delete_entered(Tx *tx, uint16_t last, uint32_t *ret_count);
/* A page of all is written anew in the order of their ids, so that neither the place nor the transaction of a row tells with what it was
 * written. after: from none on; *ret_last: for the next page, untouched when there was none. */
MUST_USE Err store_facts_stir(Tx *tx, Id after, uint32_t max, uint32_t *ret_count, Id *ret_last);

/* ---- frozen ---- */

/* In a work. Errors: E_INTERNAL (outside one), those of the database. */
MUST_USE Err store_frozen_insert(Tx *tx, const FrozenFactRow *row);
/* A page of all, in the order of their ids, in keep; max: 1..1000. No row is proven: their hash stands in the publication. */
MUST_USE Err store_frozen(Tx *tx, Id after, uint32_t max, Arena *keep, FrozenFactRows *ret_rows);

#endif

/* Publications of a municipality: a row each, tracked and proven; what they show; and what only the freeze and its verification read.
 * Must not give a page anything but what is shown.
 * Used by service/statistics and store/verify. Rules: statistics 7, 8, 11. */
#ifndef STORE_STATISTICS_PUBLICATIONS_H
#define STORE_STATISTICS_PUBLICATIONS_H

#include "store/store.h"

/* In a work with a line. Errors: E_DUPLICATE (one of this number stands there). */
MUST_USE Err store_publication_insert(Tx *tx, const PublicationRow *row);
/* The newest. Errors: E_NOT_FOUND (none yet), E_FORGED. */
MUST_USE Err store_publication_newest(Tx *tx, Arena *keep, PublicationRow *ret_row);
/* All, the oldest first. */
MUST_USE Err store_publications(Tx *tx, Arena *keep, PublicationRows *ret_rows);

/* The parts of a publication. What is shown stands in a table of its own, which is the only one that pages read. */
#define PUBLICATION_PART_BYTES ((size_t)512 << 10)
typedef enum PublicationPart { PUBLICATION_SHOWN = 1, PUBLICATION_LEDGER = 2, PUBLICATION_CERTIFICATES = 3 } PublicationPart;
/* At most PUBLICATION_PART_BYTES each, counted from 0. */
MUST_USE Err store_publication_part_insert(Tx *tx, const PublicationPartRow *row);
/* Errors: E_FORGED when they are not those whose hash stands in the row. */
MUST_USE Err store_publication_shown(Tx *tx, const PublicationRow *row, Arena *keep, Str *ret_bytes);
MUST_USE Err store_publication_secret(Tx *tx, const PublicationRow *row, PublicationPart part, Arena *keep, Str *ret_bytes);

#endif

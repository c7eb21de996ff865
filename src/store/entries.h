/* Entries on their way into a log: many at once. One is store_entry_append of store.h.
 * Must not be given rows of two logs.
 * Used by service. */
#ifndef STORE_ENTRIES_H
#define STORE_ENTRIES_H

#include "store/store.h"

/* Several rows of one log, in this order, as store_entry_append would append each. Errors: as there; any error ends the work. */
MUST_USE Err store_entries_append(Tx *tx, const EntryRow *rows, uint32_t count);

#endif

/* Removes the rows of a database whose time is over: ended sessions, form keys, codes, waits after failures, old drafts.
 * Must not remove anything else: the table is keeping.h.
 * Called by serve's jobs. Rules: clocks 13, deletion 15. */
#ifndef SERVICE_MUNICIPALITY_OVER_H
#define SERVICE_MUNICIPALITY_OVER_H

#include "service/municipality/keeping.h"
#include "service/service.h"

/* How many rows of each kind went. */
typedef struct OverCounts {
    uint32_t of[KEEPING_COUNT];
} OverCounts;

/* One transaction in the database of tenant (none: the host's). Codes stand in the chain: a run that removes some leaves one line
 * with their number, and by: the Unix user who asked (sys/user.h), or none. What was sealed is purged from the files, or stays
 * marked for the purge. Errors: those of the store. */
MUST_USE Err over_remove(Service *service, Id tenant, Id by, OverCounts *ret_counts);

/* Of all databases; *ret_failed is how many could not be looked after, *ret_rows how many rows went. Errors: E_NO_MEMORY, those of
 * the host's list. */
MUST_USE Err over_remove_all(Service *service, uint32_t *ret_rows, uint32_t *ret_failed);

#endif

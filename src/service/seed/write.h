/* Entries of a seeded log: written and corrected as the services write and correct them.
 * Must not write to a database, nor take what a form would not take.
 * Called by the story. */
#ifndef SERVICE_SEED_WRITE_H
#define SERVICE_SEED_WRITE_H

#include "service/seed/making.h"

/* A first version by one of log->people, at the time in hand. Errors: E_FORBIDDEN; E_INVALID for a reference to something
 * that does not stand in the log; E_INTERNAL when there is no room. */
MUST_USE Err seed_write(SeedMaking *making, uint32_t who, const Values *values, Id *ret_entry);
/* The same entry with other words, by the holder. */
MUST_USE Err seed_correct(SeedMaking *making, Id entry, const Values *values);
/* What an entry says now; NULL for one that does not stand in the log. */
const Values *seed_says(const SeedLog *log, Id entry);
/* Ends a part: what was written up to here is written to the database at once, under the header that is right here. */
MUST_USE Err seed_part(SeedMaking *making);

#endif

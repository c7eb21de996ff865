/* Seeded logs on their way into the database: many in one work, each line as the act would have written it.
 * Must not hold more than a work may.
 * Called by the run. */
#ifndef SERVICE_SEED_PUT_H
#define SERVICE_SEED_PUT_H

#include "service/seed/log.h"
#include "service/seed/town.h"

/* Stores them in their order, in as few works as they fit into. What is stored is whole: a log, or a log up to one of its
 * parts. scratch is the caller's. Errors: E_DUPLICATE for a display number in use; those of store_write. */
MUST_USE Err seed_put_logs(const SeedTown *town, SeedLog *logs, uint32_t count, Arena *scratch);

#endif

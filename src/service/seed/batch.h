/* Logs made in batches by threads of their own, a few batches ahead of whoever stores them, and given out in their order.
 * Must not touch the database.
 * Called by the run. */
#ifndef SERVICE_SEED_BATCH_H
#define SERVICE_SEED_BATCH_H

#include "service/seed/log.h"
#include "service/seed/town.h"

typedef struct SeedBatch {
    uint32_t first, count;   /* places of its logs */
    SeedLog *logs;
    Err made;                /* what went wrong with one of them */
    Arena *arena;            /* in which they live; scratch for whoever stores them */
    bool ready;
} SeedBatch;

typedef struct SeedMakers SeedMakers;

/* Starts them. town outlives them. Errors: E_NO_MEMORY, E_BUSY (no thread). */
MUST_USE Err seed_makers_begin(const SeedTown *town, SeedMakers **ret_makers);
/* The next batch, as soon as it is made. It must be given back before the next is asked for. */
SeedBatch *seed_makers_next(SeedMakers *makers);
/* Wipes it and gives its place to another. */
void seed_makers_done(SeedMakers *makers, SeedBatch *batch);
/* Stops the threads, wipes everything. NULL is fine. */
void seed_makers_endp(SeedMakers **makers);

#endif

/* Logs made in batches by threads of their own, a few batches ahead of whoever stores them, and given out in their order.
 * Must not touch the database.
 * Called by the run. */
#include "service/seed/batch.h"

#include <stdlib.h>

#include "service/seed/story.h"
#include "sys/thread.h"

#define LOGS_OF_BATCH 32
#define THREADS_MAX 8
#define BATCHES_MAX (THREADS_MAX + 2)
#define BATCH_ARENA ((size_t)512 << 20)

struct SeedMakers {
    const SeedTown *town;
    Mutex lock;              /* of everything below but what a batch's own thread fills */
    Condition changed;
    SeedBatch batches[BATCHES_MAX];
    uint32_t batch_count;
    uint32_t started, given; /* batches, counted from the first */
    bool stop;
    Thread threads[THREADS_MAX];
    uint32_t thread_count;
};

static void wipe(SeedBatch *batch)
{
    for (uint32_t i = 0; batch->logs && i < batch->count; i++)
        seed_log_wipe(&batch->logs[i]);
    arena_rewind(batch->arena, 0);
    batch->logs = NULL;
    batch->ready = false;
}

static Err make(const SeedTown *town, SeedBatch *batch)
{
    TRY(ARENA_NEW(batch->arena, SeedLog, batch->count, &batch->logs));
    for (uint32_t i = 0; i < batch->count; i++)
        TRY(seed_story(town, batch->first + i, batch->arena, &batch->logs[i]));
    return ok();
}

/* The next batch to make, once there is a place for it; NULL: nothing is left. */
static SeedBatch *begin_batch(SeedMakers *makers)
{
    uint32_t logs = makers->town->plan->logs;
    SeedBatch *batch = NULL;

    mutex_lock(&makers->lock);
    while (!makers->stop && makers->started - makers->given >= makers->batch_count)
        condition_wait(&makers->changed, &makers->lock);
    if (!makers->stop && makers->started < (logs + LOGS_OF_BATCH - 1) / LOGS_OF_BATCH) {
        batch = &makers->batches[makers->started % makers->batch_count];
        batch->first = makers->started++ * LOGS_OF_BATCH;
        batch->count = logs - batch->first < LOGS_OF_BATCH ? logs - batch->first : LOGS_OF_BATCH;
    }
    mutex_unlock(&makers->lock);
    return batch;
}

static void *make_all(void *argument)
{
    SeedMakers *makers = argument;
    SeedBatch *batch;

    while ((batch = begin_batch(makers)) != NULL) {
        batch->made = make(makers->town, batch);
        mutex_lock(&makers->lock);
        batch->ready = true;
        condition_wake_all(&makers->changed);
        mutex_unlock(&makers->lock);
    }
    return NULL;
}

static Err start(SeedMakers *makers)
{
    uint32_t threads = thread_processors();

    makers->batch_count = (threads < THREADS_MAX ? threads : THREADS_MAX) + 2;
    for (uint32_t i = 0; i < makers->batch_count; i++)
        TRY(arena_new(BATCH_ARENA, &makers->batches[i].arena));
    while (makers->thread_count + 2 < makers->batch_count) {
        TRY(thread_start(&makers->threads[makers->thread_count], make_all, makers));
        makers->thread_count++;
    }
    return ok();
}

Err seed_makers_begin(const SeedTown *town, SeedMakers **ret_makers)
{
    AUTO(seed_makers_endp) SeedMakers *makers = calloc(1, sizeof *makers);

    if (!makers)
        return fail(E_NO_MEMORY);
    makers->town = town;
    mutex_init(&makers->lock);
    condition_init(&makers->changed);
    TRY(start(makers));
    *ret_makers = TAKE(makers);
    return ok();
}

SeedBatch *seed_makers_next(SeedMakers *makers)
{
    SeedBatch *batch = &makers->batches[makers->given % makers->batch_count];

    mutex_lock(&makers->lock);
    while (!batch->ready)
        condition_wait(&makers->changed, &makers->lock);
    mutex_unlock(&makers->lock);
    return batch;
}

void seed_makers_done(SeedMakers *makers, SeedBatch *batch)
{
    mutex_lock(&makers->lock);
    wipe(batch);
    makers->given++;
    condition_wake_all(&makers->changed);
    mutex_unlock(&makers->lock);
}

void seed_makers_endp(SeedMakers **makers_place)
{
    SeedMakers *makers = *makers_place;

    if (!makers)
        return;
    mutex_lock(&makers->lock);
    makers->stop = true;
    condition_wake_all(&makers->changed);
    mutex_unlock(&makers->lock);
    for (uint32_t i = 0; i < makers->thread_count; i++)
        thread_join(makers->threads[i]);
    for (uint32_t i = 0; i < makers->batch_count; i++) {
        if (makers->batches[i].arena)
            wipe(&makers->batches[i]);
        arena_freep(&makers->batches[i].arena);
    }
    condition_done(&makers->changed);
    mutex_done(&makers->lock);
    free(makers);
    *makers_place = NULL;
}

/* The night of the statistics.
 * Must not open a fact itself: the freeze does.
 * Called by jobs.c. */
#include "service/jobs/statistics.h"

#include "service/statistics/freeze.h"
#include "store/statistics/facts.h"

#define STIRRED_AT_ONCE 200

typedef struct Stirring {
    Id after;
    uint32_t count;
} Stirring;

static Err stir_work(Tx *tx, void *context)
{
    Stirring *stirring = context;

    return store_facts_stir(tx, stirring->after, STIRRED_AT_ONCE, &stirring->count, &stirring->after);
}

static Err stir_all(JobRun *run)
{
    Stirring stirring = {.count = 0};

    do {
        TRY(store_write(run->store, stir_work, &stirring));
        TRY(job_step(run));
    } while (stirring.count == STIRRED_AT_ONCE);
    return ok();
}

static Err tell(void *self, uint64_t done, uint64_t of)
{
    (void)done, (void)of;
    return job_step(self);
}

Err statistics_run(JobRun *run)
{
    const FreezeOrder order = {.service = run->service, .tenant = run->order->tenant, .store = run->store, .by = run->order->by,
                               .request = run->request, .now = run->now, .self = run, .tell = tell};
    enum FreezeEnd end = FREEZE_NOT_DUE;
    FreezeCounts counts = {0};

    if (run->order->dry)
        return ok();
    TRY(stir_all(run));
    TRY(statistics_freeze(&order, &end, &counts));
    run->counts.looked++;
    run->counts.changed += end == FREEZE_PUBLISHED;
    return ok();
}

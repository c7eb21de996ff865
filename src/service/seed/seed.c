/* A whole municipality for measuring: some threads make logs, the writer of the database takes them in their order.
 * Must not run in production, nor name anybody who exists.
 * Called by cli. */
#include "service/seed/seed.h"

#include "service/seed/batch.h"
#include "service/seed/put.h"

static Err show(const SeedTown *town, const SeedLog *log, uint32_t place, Arena *keep, SeedReport *report)
{
    const LogGuardian *guardian = &log->guardians[0];
    SeedShown shown = {.log = log->log.id,
                       .display = log->log.display,
                       .entries = log->written,
                       .holder = log->log.holder,
                       .holder_name = town->holders[place % town->holder_count].name,
                       .guardian = guardian->participant.person};

    TRY(str_copy(keep, log->child, &shown.child));
    TRY(str_copy(keep, log->guardian_name, &shown.guardian_name));
    report->shown[report->shown_count++] = shown;
    return ok();
}

static Err take(const SeedTown *town, SeedBatch *batch, Arena *keep, SeedReport *report)
{
    TRY(batch->made);
    TRY(seed_put_logs(town, batch->logs, batch->count, batch->arena));
    for (uint32_t i = 0; i < batch->count; i++) {
        if (report->shown_count < SEED_SHOWN)
            TRY(show(town, &batch->logs[i], batch->first + i, keep, report));
        report->entries += batch->logs[i].written;
    }
    report->logs += batch->count;
    return ok();
}

static Err take_all(SeedTown *town, const SeedWatch *watch, Arena *keep, SeedReport *report)
{
    AUTO(seed_makers_endp) SeedMakers *makers = NULL;
    uint32_t logs = town->plan->logs;

    TRY(seed_makers_begin(town, &makers));
    while (report->logs < logs) {
        SeedBatch *batch = seed_makers_next(makers);
        Err taken = take(town, batch, keep, report);
        seed_makers_done(makers, batch);
        TRY(taken);
        TRY(watch->progress(watch->self, report->logs, logs));
    }
    return ok();
}

Err seed_run(Service *service, const SeedPlan *plan, const SeedWatch *watch, Arena *keep, SeedReport *ret_report)
{
    SeedReport report = {0};
    SeedTown town;

    TRY(seed_town_make(service, plan, keep, &town));
    report.tenant = town.tenant;
    report.holders = town.holder_count;
    report.actors = town.actor_count;
    Err taken = take_all(&town, watch, keep, &report);
    *ret_report = report;
    Err left = seed_town_leave(&town);
    return is_ok(taken) ? left : taken;
}

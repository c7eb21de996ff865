/* Moves the time to the same minute of the next day, and runs the jobs of the databases in the order of their table.
 * Must not do a job in another way than serve's thread does.
 * Called by web, in mode test. */
#include "service/jobs/day.h"

#include <threads.h>

#include "base/calendar.h"
#include "service/municipality.h"

#define LIST_ARENA ((size_t)1 << 20)

struct Days {
    TimeMover mover;
    mtx_t passing;
    mtx_t lock; /* of what follows */
    DayPassed last;
};

Err days_new(TimeMover mover, Arena *keep, Days **ret_days)
{
    Days *days = NULL;

    TRY(ARENA_NEW(keep, Days, 1, &days));
    if (mtx_init(&days->passing, mtx_plain) != thrd_success || mtx_init(&days->lock, mtx_plain) != thrd_success)
        return fail(E_NO_MEMORY);
    days->mover = mover;
    *ret_days = days;
    return ok();
}

void days_freep(Days **days)
{
    if (!*days)
        return;
    mtx_destroy(&(*days)->passing);
    mtx_destroy(&(*days)->lock);
    *days = NULL;
}

void days_stand_still(Days *days)
{
    if (days)
        mtx_lock(&days->passing);
}

void days_go_on(Days *days)
{
    if (days)
        mtx_unlock(&days->passing);
}

bool day_may_pass(const Service *service)
{
    return service->mode == MODE_TEST && service->days;
}

DayPassed day_passed(const Service *service)
{
    DayPassed last = {0};

    if (!day_may_pass(service))
        return last;
    mtx_lock(&service->days->lock);
    last = service->days->last;
    mtx_unlock(&service->days->lock);
    return last;
}

/* ---- what the day brings ---- */

static Err run_in(Service *service, JobId id, Id tenant, DayPassed *passed)
{
    const JobOrder order = {.job = id, .tenant = tenant};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    TRY(job_run(service, &order, &end, &counts));
    passed->looked_at += id == JOB_LIFE ? counts.looked : 0;
    passed->closed += counts.closed;
    passed->told += counts.told;
    return end == JOB_ELSEWHERE ? fail(E_BUSY) : ok();
}

static Err run_jobs(Service *service, DayPassed *passed)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Municipalities all = {0};

    TRY(arena_new(LIST_ARENA, &arena));
    TRY(municipality_list(service, arena, &all));
    for (unsigned id = JOB_NONE + 1; id < JOB_COUNT; id++) {
        Job job;
        TRY(job_of((JobId)id, &job));
        if (job.of == JOB_OF_DATABASES)
            TRY(run_in(service, (JobId)id, (Id){0}, passed));
        for (uint32_t i = 0; i < all.count && job.of != JOB_OF_SERVER; i++)
            TRY(run_in(service, (JobId)id, all.items[i].tenant, passed));
    }
    return ok();
}

/* What was approved today is purged today, as serve's thread would within the minute: after a day it would be late. */
static Err end_today(Service *service)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Municipalities all = {0};

    TRY(arena_new(LIST_ARENA, &arena));
    TRY(municipality_list(service, arena, &all));
    for (uint32_t i = 0; i < all.count; i++) {
        const JobOrder order = {.job = JOB_DELETION, .tenant = all.items[i].tenant, .at_once = true};
        enum JobEnd end = JOB_NOT_DUE;
        JobCounts counts = {0};
        TRY(job_run(service, &order, &end, &counts));
    }
    return ok();
}

static Err pass(Service *service)
{
    Days *days = service->days;
    DayPassed passed = {0};
    int64_t now = 0;

    TRY(end_today(service));
    TRY(world_now(service->world, &now));
    Day today = oslo_day(now), tomorrow = today + 1;
    unsigned minute = oslo_minute(now);
    TRY(days->mover.advance(days->mover.self, oslo_time(tomorrow, minute) - oslo_time(today, minute)));
    TRY(world_now(service->world, &passed.at));
    TRY(run_jobs(service, &passed));
    mtx_lock(&days->lock);
    days->last = passed;
    mtx_unlock(&days->lock);
    return ok();
}

Err day_pass(Service *service)
{
    if (!day_may_pass(service))
        return fail(E_MODE);
    days_stand_still(service->days);
    Err passed = pass(service);
    days_go_on(service->days);
    return passed;
}

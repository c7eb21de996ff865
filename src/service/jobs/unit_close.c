/* A unit is closed, and what it leaves goes to the unit that follows it: a first page of its logs at once, the rest by the hourly job.
 * Must not say that it was not closed because something follows later.
 * Called by web and api. */
#include "service/jobs/unit_close.h"

#include "service/jobs/jobs.h"

void unit_close_follow(Service *service, Id tenant)
{
    const JobOrder order = {.job = JOB_UNITS, .tenant = tenant, .at_once = true, .begins = true};
    enum JobEnd end = JOB_AGAIN;
    JobCounts counts = {0};

    Err ran = job_run(service, &order, &end, &counts);
    (void)ran; /* the job comes again */
}

Err unit_close(Service *service, const Actor *actor, const UnitClosing *closing)
{
    TRY(people_unit_close(service, actor, closing));
    unit_close_follow(service, actor->tenant);
    return ok();
}

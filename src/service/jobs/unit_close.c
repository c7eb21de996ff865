/* A unit is closed, and what it leaves goes to the unit that follows it: a first page of its logs at once, the rest by the hourly job.
 * Must not say that it was not closed because something follows later.
 * Called by web and api. */
#include "service/jobs/unit_close.h"

#include "service/jobs/jobs.h"

Err unit_close(Service *service, const Actor *actor, const UnitClosing *closing)
{
    const JobOrder order = {.job = JOB_UNITS, .tenant = actor->tenant, .at_once = true, .begins = true};
    enum JobEnd end = JOB_AGAIN;
    JobCounts counts = {0};

    TRY(people_unit_close(service, actor, closing));
    Err ran = job_run(service, &order, &end, &counts);
    (void)ran; /* the job comes again */
    return ok();
}

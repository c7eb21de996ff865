/* The job `staff`: who of those that lead is told of what nobody sees to.
 * Must not open a log.
 * Called by jobs.c. Rules: rest 7, 9, 11. */
#ifndef SERVICE_JOBS_STAFF_H
#define SERVICE_JOBS_STAFF_H

#include "service/jobs/jobs.h"

/* The managers of a log whose holder has left, and the administrators after the days of a clock; the administrators of a unit whose
 * manager has left, and of a list of staff that is to be confirmed. Each is told once. Errors: those of the store. */
MUST_USE Err staff_run(JobRun *run);

#endif

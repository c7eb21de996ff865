/* The job that makes archive reports of long logs: each for whoever ordered it, in the session in which they did, under its grant.
 * Must not open a log for anybody else, nor go on with one that fails again and again.
 * Called by jobs.c. Rule: deletion 5. */
#ifndef SERVICE_JOBS_REPORTS_H
#define SERVICE_JOBS_REPORTS_H

#include "service/jobs/jobs.h"

/* How often one is begun: whatever ends the service in the middle of it is not made to do so for ever. */
#define REPORT_TRIES 5

MUST_USE Err reports_run(JobRun *run);

#endif

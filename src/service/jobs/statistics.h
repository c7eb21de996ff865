/* Statistics by night: facts are written anew, so that their place tells nothing, and what is due is published.
 * Must not publish before its day.
 * Called by jobs.c. Rules: statistics 3, 8. */
#ifndef SERVICE_JOBS_STATISTICS_H
#define SERVICE_JOBS_STATISTICS_H

#include "service/jobs/jobs.h"

MUST_USE Err statistics_run(JobRun *run);

#endif

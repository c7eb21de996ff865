/* The job `units`: what is left of closed units goes to the unit that follows each.
 * Must not let a log be without those who work with it on the way.
 * Called by jobs.c. Rule: rest 10. */
#ifndef SERVICE_JOBS_UNIT_H
#define SERVICE_JOBS_UNIT_H

#include "service/jobs/jobs.h"

/* Its staff have their roles in both units until every log has followed, one transaction each; then those in the closed one end. May be
 * killed anywhere, and goes on. A log that is held stays where it is until it is not. Where it is only begun, a first page of
 * logs follows. The keys have a ceiling of their own, and none is taken from the night. Errors: those of the store and of keys. */
MUST_USE Err units_run(JobRun *run);

#endif

/* The control act behind `stafettlogg jobs`.
 * Must not run what is not a row of the table of jobs.
 * Used by control.c. */
#ifndef CLI_CONTROL_JOBS_H
#define CLI_CONTROL_JOBS_H

#include "cli/control/doing.h"

/* Texts: "list" or "run", the job's name, "dry" or nothing. */
MUST_USE Err control_jobs(const Doing *doing);

#endif

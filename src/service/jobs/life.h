/* The life of logs: what fell due by the table of clocks is carried out, in each log that is due, in one transaction.
 * Must not open a log that is not due, nor an entry of any; must not know a clock by its name.
 * Called by jobs.c. Rules: clocks 7, 11, states 3, consent 8, 17. */
#ifndef SERVICE_JOBS_LIFE_H
#define SERVICE_JOBS_LIFE_H

#include "service/jobs/jobs.h"

/* What was missed is made up in the order of its dates; what was carried out once is not again, whenever it is killed. A log for which it
 * fails is told, and the others go on. Errors: E_SEALED, E_NO_AGENT, E_BUDGET, E_STOPPED, E_BUSY, those of the store. */
MUST_USE Err life_run(JobRun *run);

#endif

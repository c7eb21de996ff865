/* The job `deletion`: what was ordered and approved is purged when it is due, the keys of the municipality turn, and only then it is
 * recorded as gone; and certificates are completed when the last backup has died.
 * Must not say who may order: acts do.
 * Called by jobs.c. Rules: deletion 7, 9, 11. */
#ifndef SERVICE_JOBS_DELETION_H
#define SERVICE_JOBS_DELETION_H

#include "service/jobs/jobs.h"

/* Killed anywhere it goes on the next time: first the rows of all that are due, then the write-ahead log, then the epoch, then T1.
 * Those of one hour share a turn of the keys. */
MUST_USE Err deletion_run(JobRun *run);

#endif

/* What serve does by itself, beside answering: a thread that looks at its table every minute, and one each for backups and
 * for archive reports that are ordered.
 * Must not be used without serve's lock on the data folder.
 * Used by serve.c. */
#ifndef CLI_SERVE_JOBS_H
#define CLI_SERVE_JOBS_H

#include "service/service.h"

typedef struct Jobs Jobs;

typedef struct JobsOptions {
    const char *data;         /* the data folder */
    uint32_t report_entries;  /* a log with more of them has its archive report made by a job */
} JobsOptions;

/* Each job begins at once. service and the folder outlive them; they live in keep. Errors: E_BUSY (no thread), E_NO_MEMORY. */
MUST_USE Err jobs_start(Service *service, const JobsOptions *options, Arena *keep, Jobs **ret_jobs);
/* Waits for the end of what runs, then does once more what must not be left undone. NULL is fine. */
void jobs_stop(Jobs *jobs);
void jobs_stopp(Jobs **jobs);

#endif

/* What serve does by itself, beside answering: one thread that looks at its table every minute.
 * Must not be used without serve's lock on the data folder.
 * Used by serve.c. */
#ifndef CLI_SERVE_JOBS_H
#define CLI_SERVE_JOBS_H

#include "service/service.h"

typedef struct Jobs Jobs;

/* Each job begins at once. service and data, the data folder, outlive them; they live in keep. Errors: E_BUSY (no thread), E_NO_MEMORY. */
MUST_USE Err jobs_start(Service *service, const char *data, Arena *keep, Jobs **ret_jobs);
/* Waits for the end of what runs, then does once more what must not be left undone. NULL is fine. */
void jobs_stop(Jobs *jobs);
void jobs_stopp(Jobs **jobs);

#endif

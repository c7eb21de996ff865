/* The thread of serve that shows the heads of all databases to the key agent.
 * Must not be used without serve's lock on the data folder.
 * Used by serve.c. */
#ifndef CLI_SERVE_HEADS_H
#define CLI_SERVE_HEADS_H

#include "service/service.h"

typedef struct HeadsThread HeadsThread;

/* Begins at once. service outlives it; it lives in keep. Errors: E_BUSY (no thread), E_NO_MEMORY. */
MUST_USE Err heads_thread_start(Service *service, Arena *keep, HeadsThread **ret_thread);
/* Waits for its end, then shows what was written last. NULL is fine. */
void heads_thread_stop(HeadsThread *thread);
void heads_thread_stopp(HeadsThread **thread);

#endif

/* The keys of a municipality go from one epoch to the next, so that what is left on a disk of something destroyed opens for nobody.
 * Must not say that it is done while a scope key is wrapped under the former epoch.
 * Used by jobs.c, by the command `epoch`, and by what must know that it is done. Rules: keys 5, 14. */
#ifndef SERVICE_JOBS_EPOCH_H
#define SERVICE_JOBS_EPOCH_H

#include "service/jobs/jobs.h"

typedef struct EpochOrder {
    Id tenant; /* none: the host's */
    Id by;     /* the Unix user who asked, for the audit; none: serve by itself */
    void *self;
    /* After each batch: how many keys were wrapped anew. Errors end the turn; what was done stays done, and it goes on the next time.
     * NULL: nobody asks. */
    Err (*tell)(void *self, uint32_t wrapped);
    /* Waits so many milliseconds. Whoever has read a key that was wrapped anew since asks the agent for it meanwhile, while both epochs
     * open. NULL: nobody reads here but who turns it. */
    void (*rest)(void *self, int ms);
} EpochOrder;

/* What was destroyed in this database before the call opens for nobody after it. A turn on its way is ended first. *ret_wrapped: keys
 * that were wrapped anew. Errors: E_BUDGET (too many former epochs are kept), E_FORGED (a key does not open: `verify` names it), E_BUSY
 * (somebody else turns it), E_SEALED, E_NO_AGENT, those of the store and of tell. It is begun then, and the next call goes on. */
MUST_USE Err epoch_turn(Service *service, const EpochOrder *order, uint32_t *ret_wrapped);

/* The job of each night: where something was destroyed since the last turn, where that is thirty days ago, or where one was cut. */
MUST_USE Err epoch_run(JobRun *run);

#endif

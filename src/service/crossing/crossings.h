/* Logs on their way to another municipality go on: whatever a cut kept from being done is done, from the row of the municipality that
 * has the log.
 * Must not decide anything: who proposed, said yes, decided and took it has.
 * Called by taken.c and by the job `crossings`. Rules: transfer 1, 2, 6. */
#ifndef SERVICE_CROSSING_CROSSINGS_H
#define SERVICE_CROSSING_CROSSINGS_H

#include "service/service.h"
#include "store/request/crossing.h"

/* One log that goes from a municipality: the next steps, up to one that waits for somebody. *ret_went: something was done. tenant: which
 * gives it up. Errors: those of keys and store; E_INVALID when what it left makes no log. */
typedef struct CrossingOn {
    Service *service;
    Id tenant;
    int64_t now;
} CrossingOn;
MUST_USE Err crossing_go_on(const CrossingOn *on, Id crossing, bool *ret_went);
/* All of one municipality that are open. *ret_went: how many went on; the error of one is told by failed, and the others go on. */
typedef void CrossingFailed(void *self, Id crossing, Err error);
typedef struct CrossingHearer {
    void *self;
    CrossingFailed *failed;
} CrossingHearer;
MUST_USE Err crossings_go_on(const CrossingOn *on, CrossingHearer hearer, uint32_t *ret_went);

#endif

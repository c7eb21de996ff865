/* The manager of a log that was asked for is told of it, by a job: at another time than the asking, which tells nothing.
 * Must not run in the asker's request.
 * Called by service/jobs. Rule: transfer 8. */
#ifndef SERVICE_ACTS_TRANSFER_BLIND_TOLD_H
#define SERVICE_ACTS_TRANSFER_BLIND_TOLD_H

#include "service/service.h"

/* One municipality's requests that nobody has looked at yet, each in a transaction of its own; each is told once, whenever it is killed.
 * Where the unit has no manager the administrators are told. *ret_told: how many met a log. */
MUST_USE Err blind_tell(Service *service, Store *store, int64_t now, uint32_t *ret_told);

#endif

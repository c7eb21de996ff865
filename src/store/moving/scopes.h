/* Scope keys of a database that goes from one epoch to the next (rules: keys 5); store.h has those of every day.
 * Must not know a key: what is wrapped is given and taken as bytes.
 * Used by service/jobs/epoch.c. */
#ifndef STORE_MOVING_SCOPES_H
#define STORE_MOVING_SCOPES_H

#include "store/store.h"

/* From here on no scope key comes in that is wrapped under an older epoch than this one; never taken back. In a work. */
MUST_USE Err store_epoch_least(Tx *tx, uint32_t epoch);
/* How many scope keys are wrapped under an older epoch than this one. */
MUST_USE Err store_scopes_older_count(Tx *tx, uint32_t epoch, int64_t *ret_count);
/* The next at most max (1..500) of them; those that are found by one text stand beside each other, and are not parted unless there are
 * more than max. */
MUST_USE Err store_scopes_older(Tx *tx, uint32_t epoch, uint32_t max, Arena *keep, ScopeKeyRows *ret_rows);

/* How often something was destroyed here whose remnant a key still opened, and up to which of these an epoch has been turned. */
typedef struct EpochDestroyed {
    int64_t count;
    int64_t turned;
} EpochDestroyed;
MUST_USE Err store_epoch_destroyed(Tx *tx, EpochDestroyed *ret_destroyed);
/* A turn has begun after this many. In a work. */
MUST_USE Err store_epoch_turned(Tx *tx, int64_t count);

#endif

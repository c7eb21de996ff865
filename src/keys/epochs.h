/* Epochs of a municipality's key, turned in three steps: begun, every scope key wrapped anew, done (rules: keys 5).
 * Must not be told that it is done while a scope key is left under the former epoch: nothing opens it then but a restore.
 * Used by service/jobs/epoch.c and tests. */
#ifndef KEYS_EPOCHS_H
#define KEYS_EPOCHS_H

#include "keys/keys.h"

/* Errors of all four also: those of keys.h. */
MUST_USE Err keys_epoch(Keys *keys, Id tenant, Epochs *ret_epochs);
/* A new epoch, or the one that is being turned: from the answer on new keys are wrapped under it, and those of the former open too. The
 * former key is sealed to the recovery key in every copy of the key file before the answer. Errors: E_BUDGET (too many former ones). */
MUST_USE Err keys_epoch_turn(Keys *keys, Id tenant, Epochs *ret_epochs);

typedef struct RewrapItem {
    ScopeKind kind;
    Id scope;
    Str wrapped;        /* under the former epoch or the present one */
    WrappedKey renewed; /* under the present one */
} RewrapItem;

/* count: 1..REWRAP_MAX. All or none. Errors: E_FORGED: *ret_bad is the index of the first that does not open. */
MUST_USE Err keys_rewrap_many(Keys *keys, Id tenant, RewrapItem *items, size_t count, size_t *ret_bad);
/* The former key leaves the agent and every copy of the key file before the answer; what is sealed of it the agent destroys by itself at
 * destroy_at (UTC ms, a month away: CLOCK_BACKUP_END). Said again it is fine. Errors: E_RANGE (another epoch is the present one, or that
 * is not when it may die). */
MUST_USE Err keys_epoch_done(Keys *keys, Id tenant, uint32_t present, int64_t destroy_at);

#endif

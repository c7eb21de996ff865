/* What custodians open together for a restore, on a machine where no agent runs: keys of backups and of epochs that are over.
 * Must not be used by the running agent, which never has the recovery key.
 * Used by cli (restore) and tests. Rules: keys 5-7. */
#ifndef KEYD_RECOVER_H
#define KEYD_RECOVER_H

#include "keyd/make.h"

/* The joined keys, over a key file that they have proven. In memory of its own; wiped by recovery_closep. */
typedef struct Recovery Recovery;

/* given: exactly as many as the threshold. Errors: E_WRONG_SHARE (not of this key file), E_SAME_CUSTODIAN, E_RANGE (not as many as the
 * threshold), those of key_file_read. */
MUST_USE Err recovery_open(const Crypto *crypto, const KeyFilePlaces *places, const CustodianShares *given, size_t count,
                           Recovery **ret_recovery);
void recovery_closep(Recovery **recovery);
/* Mode, heads, public keys. */
const KeyFile *recovery_file(const Recovery *recovery);

/* The key of a backup. now: one whose time is over is not opened, also where the agent could not destroy it yet.
 * Errors: E_NOT_FOUND (destroyed, over, or never here). */
MUST_USE Err recovery_backup_key(const Recovery *recovery, Id backup, int64_t now, Key *ret_key);

/* A scope key as the backup has it. */
typedef struct RecoveredScope {
    Id tenant;
    ScopeKind kind;
    Id scope;
    Str wrapped;
} RecoveredScope;

/* The same scope key under the municipality's present epoch, whichever it was wrapped under. Errors: E_NOT_FOUND (no such municipality, or
 * its epoch of then is destroyed or over), E_FORGED. */
MUST_USE Err recovery_rewrap(const Recovery *recovery, const RecoveredScope *scope, int64_t now, WrappedKey *ret_wrapped);

/* A scope key itself, for verifying what it sealed before anybody may open the restored databases. Errors: as recovery_rewrap. */
MUST_USE Err recovery_scope_key(const Recovery *recovery, const RecoveredScope *scope, int64_t now, Key *ret_key);

/* Proves rows of the restored database. Errors: E_NOT_FOUND. */
MUST_USE Err recovery_row_key(const Recovery *recovery, Id tenant, Key *ret_key);

#endif

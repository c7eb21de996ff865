/* Keys in the key file that only the recovery key opens: those of backups, and of epochs that are over (rules: keys 5, 6).
 * Must not open one without the recovery key, which exists only where custodians have come together.
 * Used by the agent, recover.c, replace.c. */
#ifndef KEYD_SEALED_H
#define KEYD_SEALED_H

#include "keyd/key_file.h"

/* Which key, and from when until when. */
typedef struct SealedFor {
    SealedKind kind;
    Id id;
    uint32_t epoch;
    int64_t made_at;
    int64_t destroy_at;
} SealedFor;

/* Seals a key to the file's recovery key, into a free place. Errors: E_DUPLICATE (there is one), E_TOO_LARGE (no place), E_CRYPTO. */
MUST_USE Err sealed_put(const Crypto *crypto, KeyFile *file, const SealedFor *what, const Key *key);
/* NULL: there is none. */
SealedKey *sealed_find(KeyFile *file, SealedKind kind, Id id, uint32_t epoch);
/* How many there are of this kind; of one id alone unless it is NULL. */
uint32_t sealed_count(const KeyFile *file, SealedKind kind, const Id *id);
/* The first time at which one is to be destroyed; 0: none is. */
int64_t sealed_next(const KeyFile *file);

/* Errors: E_FORGED. */
MUST_USE Err sealed_open(const Crypto *crypto, Mode mode, const Key *recovery, const SealedKey *sealed, Key *ret_key);
/* Seals to the file's present recovery key what was sealed to the former one. Errors: E_FORGED. */
MUST_USE Err sealed_move(const Crypto *crypto, const Key *former_recovery, KeyFile *file);

#endif

/* The key pairs of a municipality, one for each use: anybody here seals to the public half, the private one never leaves the agent.
 * Must not hold a private half.
 * Used by service and tests. Rules: keys 3, statistics 3. */
#ifndef KEYS_PAIRS_H
#define KEYS_PAIRS_H

#include "keys/keys.h"

/* Asked for once in the life of a Keys: it is the same in every epoch, and no secret. Errors also: E_RANGE (no such use). */
MUST_USE Err keys_pair_public(Keys *keys, Id tenant, PairUse use, uint8_t ret_public[static 32]);

/* Made and freed by keys.c. */
typedef struct PairKeys PairKeys;
MUST_USE Err pair_keys_new(PairKeys **ret_pair_keys);
void pair_keys_free(PairKeys *pair_keys);

#endif

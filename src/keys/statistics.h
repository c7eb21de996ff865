/* Facts sealed to the statistics key of their municipality, opened by the agent for the freeze alone.
 * Must not be asked by anything that answers a page.
 * Used by service/statistics and tests. Rule: statistics 3. Format: docs/formats.md. */
#ifndef KEYS_STATISTICS_H
#define KEYS_STATISTICS_H

#include "keys/keys.h"

/* Seals a fact to the public half (keys_pair_public, PAIR_STATISTICS), bound to what it is found by. Needs no agent.
 * Errors: E_CRYPTO, E_IO. */
MUST_USE Err fact_seal(const Crypto *crypto, const uint8_t public_key[static 32], FactPlace place,
                       const uint8_t plain[static FACT_BYTES], uint8_t ret_sealed[static FACT_SEALED_BYTES]);

/* count (1..FACTS_MAX) sealed facts of one municipality, each with what it is found by. */
typedef struct SealedFacts {
    Id grant;
    Id tenant;
    const Id *found;
    const Str *sealed;
    size_t count;
} SealedFacts;
/* All or none, for a grant of no person and under a ceiling of its own. Errors: E_FORGED: *ret_bad is the index of the first that was
 * not sealed by us, for this place; E_RANGE (another grant). */
MUST_USE Err keys_facts_open(Keys *keys, const SealedFacts *facts, uint8_t (*ret_plain)[FACT_BYTES], size_t *ret_bad);

#endif

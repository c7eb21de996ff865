/* Secret chance from a seed: the same seed gives the same throws, and who sees what came of some learns nothing about the others.
 * Must not be used for keys.
 * Used inside cube. */
#ifndef CUBE_DICE_H
#define CUBE_DICE_H

#include "base/str.h"
#include "cube/freeze.h"

typedef struct Dice {
    uint8_t seed[CUBE_SEED_BYTES];
    uint64_t block;
    uint8_t bytes[HASH_BYTES];
    uint32_t left; /* bytes of the block that were not used yet */
} Dice;

Dice dice_new(const uint8_t seed[static CUBE_SEED_BYTES]);
/* A number below 2^32, each as likely. Errors: E_CRYPTO. */
MUST_USE Err dice_throw(Dice *dice, uint32_t *ret_number);

#endif

/* SHA-256 of the seed and a counter, four bytes a throw.
 * Must not fall back on anything weaker.
 * Used inside cube. */
#include <string.h>

#include "base/buf.h"
#include "crypto/hash.h"
#include "cube/dice.h"

Dice dice_new(const uint8_t seed[static CUBE_SEED_BYTES])
{
    Dice dice = {0};

    memcpy(dice.seed, seed, sizeof dice.seed);
    return dice;
}

static Err next_block(Dice *dice)
{
    uint8_t input[CUBE_SEED_BYTES + 8];

    memcpy(input, dice->seed, sizeof dice->seed);
    for (unsigned i = 0; i < 8; i++)
        input[CUBE_SEED_BYTES + i] = (uint8_t)(dice->block >> (56 - 8 * i));
    TRY(sha256(str_from_bytes(input, sizeof input), dice->bytes));
    dice->block++;
    dice->left = HASH_BYTES;
    return ok();
}

Err dice_throw(Dice *dice, uint32_t *ret_number)
{
    if (dice->left < 4)
        TRY(next_block(dice));
    Cursor cursor = cursor_new(str_from_bytes(dice->bytes + HASH_BYTES - dice->left, 4));
    dice->left -= 4;
    *ret_number = cursor_u32(&cursor);
    return ok();
}

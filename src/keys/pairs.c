/* The public halves of key pairs, asked for once.
 * Must not ask for a private half: there is no such message.
 * Called from service. */
#include "keys/pairs.h"

#include <stdlib.h>

#include "keys/call.h"

#define USES 2
#define PLACES 2048 /* more than twice as many as there are municipalities */

typedef struct PairKey {
    Id tenant;
    bool known[USES];
    uint8_t public_key[USES][32];
    bool used;
} PairKey;

struct PairKeys {
    Mutex lock;
    PairKey places[PLACES];
};

Err pair_keys_new(PairKeys **ret_pair_keys)
{
    PairKeys *pair_keys = calloc(1, sizeof *pair_keys);

    if (!pair_keys)
        return fail(E_NO_MEMORY);
    mutex_init(&pair_keys->lock);
    *ret_pair_keys = pair_keys;
    return ok();
}

void pair_keys_free(PairKeys *pair_keys)
{
    if (!pair_keys)
        return;
    mutex_done(&pair_keys->lock);
    free(pair_keys);
}

/* The place of this tenant, or the free one where it goes; NULL when all are taken. Ids are random: their bytes are the hash. */
static PairKey *place_of(PairKeys *pair_keys, Id tenant)
{
    size_t start = (size_t)(tenant.bytes[0] << 8 | tenant.bytes[1]);

    for (size_t i = 0; i < PLACES; i++) {
        PairKey *place = &pair_keys->places[(start + i) % PLACES];
        if (!place->used || id_equal(place->tenant, tenant))
            return place;
    }
    return NULL;
}

static bool find(PairKeys *pair_keys, Id tenant, PairUse use, uint8_t ret_public[static 32])
{
    mutex_lock(&pair_keys->lock);
    const PairKey *place = place_of(pair_keys, tenant);
    bool found = place && place->used && place->known[use - 1];
    for (size_t i = 0; found && i < 32; i++)
        ret_public[i] = place->public_key[use - 1][i];
    mutex_unlock(&pair_keys->lock);
    return found;
}

static void put(PairKeys *pair_keys, Id tenant, PairUse use, const uint8_t public_key[static 32])
{
    mutex_lock(&pair_keys->lock);
    PairKey *place = place_of(pair_keys, tenant);
    if (place) {
        place->used = true;
        place->tenant = tenant;
        place->known[use - 1] = true;
        for (size_t i = 0; i < 32; i++)
            place->public_key[use - 1][i] = public_key[i];
    }
    mutex_unlock(&pair_keys->lock);
}

Err keys_pair_public(Keys *keys, Id tenant, PairUse use, uint8_t ret_public[static 32])
{
    if (use < 1 || use > USES)
        return fail(E_RANGE);
    if (find(keys->pair_keys, tenant, use, ret_public))
        return ok();
    CALL(call, MESSAGE_PAIR_PUBLIC);
    call_add_id(&call, tenant);
    buf_add_u8(&call.request, (uint8_t)use);
    TRY(call_ask(keys, &call, &body));
    cursor_copy(&body, ret_public, 32);
    put(keys->pair_keys, tenant, use, ret_public);
    return ok();
}

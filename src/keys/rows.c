/* The row keys of all municipalities, as the agent gave them.
 * Must not give a key to anybody.
 * Called through keys_row_proof. */
#include "keys/rows.h"

#include "keys/call.h"
#include "sys/secret.h"

#define PLACES 2048 /* more than twice as many as there are municipalities */

typedef struct RowKey {
    Id tenant;
    bool used;
    Key key;
} RowKey;

struct RowKeys {
    Mutex lock;
    RowKey places[PLACES];
};

Err row_keys_new(RowKeys **ret_row_keys)
{
    void *memory = NULL;
    SecretKind kind;

    TRY(secret_new(sizeof(RowKeys), &memory, &kind));
    *ret_row_keys = memory;
    mutex_init(&(*ret_row_keys)->lock);
    return ok();
}

void row_keys_free(RowKeys *row_keys)
{
    if (!row_keys)
        return;
    mutex_done(&row_keys->lock);
    secret_free(row_keys, sizeof *row_keys);
}

/* The place of this tenant, or the free one where it goes; NULL when all are taken. Ids are random: their bytes are the hash. */
static RowKey *place_of(RowKeys *row_keys, Id tenant)
{
    size_t start = (size_t)(tenant.bytes[0] << 8 | tenant.bytes[1]);

    for (size_t i = 0; i < PLACES; i++) {
        RowKey *place = &row_keys->places[(start + i) % PLACES];
        if (!place->used || id_equal(place->tenant, tenant))
            return place;
    }
    return NULL;
}

static bool find(RowKeys *row_keys, Id tenant, Key *ret_key)
{
    mutex_lock(&row_keys->lock);
    const RowKey *place = place_of(row_keys, tenant);
    bool found = place && place->used;
    if (found)
        *ret_key = place->key;
    mutex_unlock(&row_keys->lock);
    return found;
}

static void put(RowKeys *row_keys, Id tenant, const Key *key)
{
    mutex_lock(&row_keys->lock);
    RowKey *place = place_of(row_keys, tenant);
    if (place)
        *place = (RowKey){.tenant = tenant, .used = true, .key = *key};
    mutex_unlock(&row_keys->lock);
}

static Err key_of(Keys *keys, Id tenant, Key *ret_key)
{
    if (find(keys->row_keys, tenant, ret_key))
        return ok();
    CALL(call, MESSAGE_ROW_KEY);
    call_add_id(&call, tenant);
    TRY(call_ask(keys, &call, &body));
    cursor_copy(&body, ret_key->bytes, KEY_BYTES);
    put(keys->row_keys, tenant, ret_key);
    return ok();
}

Err keys_row_proof(Keys *keys, Id tenant, Str digest, uint8_t ret_proof[static HASH_BYTES])
{
    AUTO(key_wipe) Key key = {0};

    TRY(key_of(keys, tenant, &key));
    return crypto_hmac(keys->crypto, &key, &digest, 1, ret_proof);
}

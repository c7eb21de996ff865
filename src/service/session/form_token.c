/* nonce 16 | first 16 bytes of HMAC(secret, nonce): random on each page, verifiable without a table.
 * Must not compare in variable time.
 * Called by web. */
#include "service/session/form_token.h"

#include <string.h>

#define NONCE_BYTES 16
#define MAC_BYTES 16
#define LENGTH_BYTES 8

static Err token_mac(Service *service, const uint8_t secret[static FORM_SECRET_BYTES], const uint8_t nonce[static NONCE_BYTES],
                     uint8_t ret_mac[static HASH_BYTES])
{
    AUTO(key_wipe) Key key = {0};
    Str part = str_from_bytes(nonce, NONCE_BYTES);

    memcpy(key.bytes, secret, FORM_SECRET_BYTES);
    return crypto_hmac(keys_crypto(service->keys), &key, &part, 1, ret_mac);
}

Err form_token_new(Service *service, const uint8_t secret[static FORM_SECRET_BYTES], Arena *keep, Str *ret_token)
{
    uint8_t bytes[NONCE_BYTES + HASH_BYTES];
    Buf text = buf_new(keep, 64);

    TRY(world_random(service->world, bytes, NONCE_BYTES));
    TRY(token_mac(service, secret, bytes, bytes + NONCE_BYTES));
    buf_add_base64url(&text, str_from_bytes(bytes, NONCE_BYTES + MAC_BYTES));
    return buf_done(&text, ret_token);
}

Err form_token_check(Service *service, const uint8_t secret[static FORM_SECRET_BYTES], Str token, Arena *scratch,
                     Hash *ret_hash)
{
    Str bytes = STR_NONE;
    uint8_t mac[HASH_BYTES];

    if (!is_ok(base64url_decode(scratch, token, &bytes)) || bytes.length != NONCE_BYTES + MAC_BYTES)
        return fail(E_BAD_ORIGIN);
    TRY(token_mac(service, secret, (const uint8_t *)bytes.data, mac));
    if (!crypto_equal(mac, bytes.data + NONCE_BYTES, MAC_BYTES))
        return fail(E_BAD_ORIGIN);
    return crypto_sha256(keys_crypto(service->keys), &bytes, 1, ret_hash->bytes);
}

/* Each part after its length, so that nothing can move from one to the next. */
static Err with_lengths(FormParts parts, Arena *scratch, Str *ret_items)
{
    for (size_t i = 0; i < parts.count; i++) {
        Buf length = buf_new(scratch, LENGTH_BYTES);
        buf_add_u64(&length, parts.items[i].length);
        TRY(buf_done(&length, &ret_items[2 * i]));
        ret_items[2 * i + 1] = parts.items[i];
    }
    return ok();
}

Err form_content(Service *service, Str token, FormParts parts, Arena *scratch, Hash *ret_content)
{
    AUTO(key_wipe) Key key = {0};
    Str bytes = STR_NONE;
    Str *items = NULL;

    static_assert(NONCE_BYTES + MAC_BYTES == KEY_BYTES, "a token is as long as a key");
    TRY(base64url_decode(scratch, token, &bytes));
    if (bytes.length != KEY_BYTES)
        return fail(E_BAD_ORIGIN);
    memcpy(key.bytes, bytes.data, KEY_BYTES);
    TRY(ARENA_NEW(scratch, Str, 2 * parts.count, &items));
    TRY(with_lengths(parts, scratch, items));
    return crypto_hmac(keys_crypto(service->keys), &key, items, 2 * parts.count, ret_content->bytes);
}

typedef struct Answer {
    const Actor *actor;
    Str location;
    uint16_t status;
} Answer;

static Err remember(Tx *tx, void *context)
{
    const Answer *answer = context;
    return store_form_answer(tx, &answer->actor->form, answer->location, answer->status);
}

Err form_answered(const Actor *actor, Str location, uint16_t status)
{
    Answer answer = {.actor = actor, .location = location, .status = status};

    if (!actor->has_form)
        return ok();
    return store_write(actor->store, remember, &answer);
}

Err form_first_answer(const Actor *actor, Arena *keep, FormAnswer *ret_answer)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    FormKeyRow row = {0};

    TRY(store_read(actor->store, &tx));
    TRY(store_form_by_hash(tx, &actor->form, keep, &row));
    if (!crypto_equal(row.content.bytes, actor->content.bytes, HASH_BYTES))
        return fail(E_REUSED);
    *ret_answer = (FormAnswer){.location = row.answer_location, .status = row.status};
    return ok();
}

/* Ed25519 signatures of audit heads, X25519 boxes to the recovery key.
 * Must not accept a key of another length or kind.
 * Called from keyd, service, cli. */
#include "crypto/sign.h"

#include <string.h>

#include "crypto/crypto_priv.h"

#define BOX_FORMAT 1
#define BOX_AT_NONCE 33

static void pkey_freep(EVP_PKEY **key)
{
    EVP_PKEY_free(*key);
}

static void digest_freep(EVP_MD_CTX **context)
{
    EVP_MD_CTX_free(*context);
}

static void derive_freep(EVP_PKEY_CTX **context)
{
    EVP_PKEY_CTX_free(*context);
}

static Err public_of(int kind, const Key *private_key, uint8_t ret_public[static 32])
{
    AUTO(pkey_freep) EVP_PKEY *key = EVP_PKEY_new_raw_private_key(kind, NULL, private_key->bytes, KEY_BYTES);
    size_t length = 32;
    if (!key || !EVP_PKEY_get_raw_public_key(key, ret_public, &length) || length != 32)
        return fail(E_CRYPTO);
    return ok();
}

Err signature_public(const Key *seed, uint8_t ret_public[static 32])
{
    return public_of(EVP_PKEY_ED25519, seed, ret_public);
}

Err box_public(const Key *private_key, uint8_t ret_public[static 32])
{
    return public_of(EVP_PKEY_X25519, private_key, ret_public);
}

Err signature_make(const Key *seed, Str message, uint8_t ret_signature[static SIGNATURE_BYTES])
{
    AUTO(pkey_freep) EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed->bytes, KEY_BYTES);
    AUTO(digest_freep) EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t length = SIGNATURE_BYTES;
    if (!key || !context || !EVP_DigestSignInit(context, NULL, NULL, NULL, key) ||
        !EVP_DigestSign(context, ret_signature, &length, (const uint8_t *)message.data, message.length))
        return fail(E_CRYPTO);
    return ok();
}

Err signature_verify(const uint8_t public_key[static 32], Str message, const uint8_t signature[static SIGNATURE_BYTES])
{
    AUTO(pkey_freep) EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, 32);
    AUTO(digest_freep) EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!key || !context || !EVP_DigestVerifyInit(context, NULL, NULL, NULL, key))
        return fail(E_CRYPTO);
    if (EVP_DigestVerify(context, signature, SIGNATURE_BYTES, (const uint8_t *)message.data, message.length) != 1)
        return fail(E_FORGED);
    return ok();
}

/* Public keys of a box, 32 bytes each. */
typedef struct BoxEnds {
    const uint8_t *theirs; /* the other one of the two below */
    const uint8_t *ephemeral;
    const uint8_t *receiver;
} BoxEnds;

/* The box's key: HMAC(shared secret, both public keys), then the box label. */
static Err box_key(const Crypto *crypto, const Key *mine, const BoxEnds *ends, Key *ret_key)
{
    AUTO(pkey_freep) EVP_PKEY *own = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, mine->bytes, KEY_BYTES);
    AUTO(pkey_freep) EVP_PKEY *peer = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, ends->theirs, 32);
    AUTO(derive_freep) EVP_PKEY_CTX *context = own ? EVP_PKEY_CTX_new(own, NULL) : NULL;
    AUTO(key_wipe) Key shared = {0};
    AUTO(key_wipe) Key bound = {0};
    size_t length = KEY_BYTES;

    if (!peer || !context || EVP_PKEY_derive_init(context) != 1 || EVP_PKEY_derive_set_peer(context, peer) != 1)
        return fail(E_CRYPTO);
    /* Fails for points of small order, where the shared secret would be zero. */
    if (EVP_PKEY_derive(context, shared.bytes, &length) != 1 || length != KEY_BYTES)
        return fail(E_FORGED);
    const Str parts[] = {str_from_bytes(ends->ephemeral, 32), str_from_bytes(ends->receiver, 32)};
    TRY(crypto_hmac(crypto, &shared, parts, COUNT_OF(parts), bound.bytes));
    return crypto_derive(crypto, &bound, LABEL_BOX, ret_key);
}

Err box_seal(const Crypto *crypto, const uint8_t public_key[static 32], Str associated, Str plain, void *ret_box)
{
    uint8_t *box = ret_box;
    const BoxEnds ends = {.theirs = public_key, .ephemeral = box + 1, .receiver = public_key};
    AUTO(key_wipe) Key ephemeral = {0};
    AUTO(key_wipe) Key key = {0};

    TRY(crypto_key_new(crypto, &ephemeral));
    box[0] = BOX_FORMAT;
    TRY(box_public(&ephemeral, box + 1));
    TRY(box_key(crypto, &ephemeral, &ends, &key));
    return crypto_wrap(crypto, &key, associated, plain, box + BOX_AT_NONCE);
}

Err box_open(const Crypto *crypto, const Key *private_key, Str associated, Str box, void *ret_plain)
{
    const uint8_t *from = (const uint8_t *)box.data;
    uint8_t public_key[32];
    const BoxEnds ends = {.theirs = from + 1, .ephemeral = from + 1, .receiver = public_key};
    AUTO(key_wipe) Key key = {0};

    if (box.length < BOX_OVERHEAD || from[0] != BOX_FORMAT)
        return fail(E_FORGED);
    TRY(box_public(private_key, public_key));
    TRY(box_key(crypto, private_key, &ends, &key));
    return crypto_unwrap(crypto, &key, associated, str_slice(box, BOX_AT_NONCE, box.length), ret_plain);
}

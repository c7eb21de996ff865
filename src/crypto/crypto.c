/* The algorithms fetched once, keys and randomness, and the one use of AES-256-GCM.
 * Must not fetch an algorithm per call: that costs more than the work.
 * Called from crypto, keys, keyd, service, cli. */
#include "crypto/crypto_priv.h"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void crypto_wipe(void *memory, size_t length)
{
    sodium_memzero(memory, length);
}

void key_wipe(Key *key)
{
    sodium_memzero(key, sizeof *key);
}

bool crypto_equal(const void *a, const void *b, size_t length)
{
    return sodium_memcmp(a, b, length) == 0;
}

uint64_t crypto_short_hash(const uint8_t key[static 16], Str bytes)
{
    uint8_t out[crypto_shorthash_BYTES];
    uint64_t hash;
    crypto_shorthash(out, (const unsigned char *)bytes.data, bytes.length, key);
    memcpy(&hash, out, sizeof hash);
    return hash;
}

Err crypto_new(const World *world, Crypto **ret_crypto)
{
    if (sodium_init() < 0)
        return fail(E_CRYPTO);
    AUTO(crypto_freep) Crypto *crypto = calloc(1, sizeof *crypto);
    if (!crypto)
        return fail(E_NO_MEMORY);
    crypto->world = world;
    crypto->aes = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    if (!crypto->aes)
        return fail(E_CRYPTO);
    *ret_crypto = TAKE(crypto);
    return ok();
}

void crypto_free(Crypto *crypto)
{
    if (!crypto)
        return;
    EVP_CIPHER_free(crypto->aes);
    free(crypto);
}

void crypto_freep(Crypto **crypto)
{
    crypto_free(*crypto);
    *crypto = NULL;
}

Err crypto_random(const Crypto *crypto, void *ret_bytes, size_t length)
{
    return world_random(crypto->world, ret_bytes, length);
}

Err crypto_key_new(const Crypto *crypto, Key *ret_key)
{
    return world_random(crypto->world, ret_key->bytes, KEY_BYTES);
}

Err crypto_nonce(const Crypto *crypto, const Key *key, Str associated, Str plain, uint8_t ret_nonce[static NONCE_BYTES])
{
    uint8_t random[32];
    uint8_t mac[HASH_BYTES];
    AUTO(key_wipe) Key nonce_key = {0};

    TRY(crypto_random(crypto, random, sizeof random));
    TRY(crypto_derive(crypto, key, LABEL_NONCE, &nonce_key));
    const Str parts[] = {str_from_bytes(random, sizeof random), associated, plain};
    TRY(crypto_hmac(crypto, &nonce_key, parts, COUNT_OF(parts), mac));
    memcpy(ret_nonce, mac, NONCE_BYTES);
    return ok();
}

static void cipher_freep(EVP_CIPHER_CTX **context)
{
    EVP_CIPHER_CTX_free(*context);
}

Err crypto_gcm_seal(const Crypto *crypto, const Gcm *gcm, Str plain, uint8_t *ret_cipher)
{
    AUTO(cipher_freep) EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int length = 0;

    if (plain.length > SEALED_PLAIN_MAX * 2 || gcm->associated.length > 1024)
        return fail(E_TOO_LARGE);
    if (!context || !EVP_EncryptInit_ex2(context, crypto->aes, gcm->key->bytes, gcm->nonce, NULL) ||
        !EVP_EncryptUpdate(context, NULL, &length, (const uint8_t *)gcm->associated.data, (int)gcm->associated.length) ||
        !EVP_EncryptUpdate(context, ret_cipher, &length, (const uint8_t *)plain.data, (int)plain.length) ||
        !EVP_EncryptFinal_ex(context, ret_cipher + length, &length) ||
        !EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, ret_cipher + plain.length))
        return fail(E_CRYPTO);
    return ok();
}

/* Begins to open one value: in a context of its own, or in one that has the key already. */
static bool begin_opening(const Crypto *crypto, const Gcm *gcm, uint8_t tag[static TAG_BYTES], EVP_CIPHER_CTX *context)
{
    const OSSL_PARAM with[] = {OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, tag, TAG_BYTES),
                               OSSL_PARAM_construct_end()};

    if (gcm->ready)
        return EVP_DecryptInit_ex2(context, NULL, NULL, gcm->nonce, with) == 1;
    return context && EVP_DecryptInit_ex2(context, crypto->aes, gcm->key->bytes, gcm->nonce, with) == 1;
}

Err crypto_gcm_open(const Crypto *crypto, const Gcm *gcm, Str cipher, uint8_t *ret_plain)
{
    AUTO(cipher_freep) EVP_CIPHER_CTX *own = gcm->ready ? NULL : EVP_CIPHER_CTX_new();
    EVP_CIPHER_CTX *context = gcm->ready ? gcm->ready : own;
    uint8_t tag[TAG_BYTES];
    int length = 0;

    if (cipher.length < TAG_BYTES)
        return fail(E_TRUNCATED);
    if (cipher.length > SEALED_PLAIN_MAX * 2 || gcm->associated.length > 1024)
        return fail(E_TOO_LARGE);
    size_t plain_length = cipher.length - TAG_BYTES;
    memcpy(tag, cipher.data + plain_length, TAG_BYTES);
    if (!begin_opening(crypto, gcm, tag, context) ||
        !EVP_DecryptUpdate(context, NULL, &length, (const uint8_t *)gcm->associated.data, (int)gcm->associated.length) ||
        !EVP_DecryptUpdate(context, ret_plain, &length, (const uint8_t *)cipher.data, (int)plain_length)) {
        crypto_wipe(ret_plain, plain_length);
        return fail(E_CRYPTO);
    }
    if (EVP_DecryptFinal_ex(context, ret_plain + length, &length) != 1) {
        crypto_wipe(ret_plain, plain_length);
        return fail(E_FORGED);
    }
    return ok();
}

/* SHA-256, HMAC-SHA-256 and the sub-keys derived with it.
 * Must not compare or print what it makes.
 * Called from crypto, store, keyd, service, cli. */
/* The hash by itself, which libcrypto calls old: through its contexts a MAC costs three times what is hashed, and memory each time. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/hash.h"

#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/crypto_priv.h"

#define X(name, text) [LABEL_##name] = "stafettlogg/1/" text,
static const char *const label_texts[] = {KEY_LABELS(X)};
#undef X

struct Sha256 {
    SHA256_CTX state;
};

static void state_wipe(SHA256_CTX *state)
{
    crypto_wipe(state, sizeof *state);
}

static Err add_parts(SHA256_CTX *state, const Str *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].length > 0 && !SHA256_Update(state, parts[i].data, parts[i].length))
            return fail(E_CRYPTO);
    return ok();
}

static Err hash_parts(const Str *parts, size_t count, uint8_t ret_hash[static HASH_BYTES])
{
    AUTO(state_wipe) SHA256_CTX state = {0};

    if (!SHA256_Init(&state))
        return fail(E_CRYPTO);
    TRY(add_parts(&state, parts, count));
    return SHA256_Final(ret_hash, &state) ? ok() : fail(E_CRYPTO);
}

Err crypto_sha256(const Crypto *crypto, const Str *parts, size_t count, uint8_t ret_hash[static HASH_BYTES])
{
    (void)crypto;
    return hash_parts(parts, count, ret_hash);
}

Err sha256(Str bytes, uint8_t ret_hash[static HASH_BYTES])
{
    return hash_parts(&bytes, 1, ret_hash);
}

Err sha256_new(Sha256 **ret_sha256)
{
    AUTO(sha256_freep) Sha256 *sha = calloc(1, sizeof *sha);
    if (!sha)
        return fail(E_NO_MEMORY);
    if (!SHA256_Init(&sha->state))
        return fail(E_CRYPTO);
    *ret_sha256 = TAKE(sha);
    return ok();
}

Err sha256_add(Sha256 *sha, Str bytes)
{
    return add_parts(&sha->state, &bytes, 1);
}

Err sha256_done(Sha256 *sha, uint8_t ret_hash[static HASH_BYTES])
{
    if (!SHA256_Final(ret_hash, &sha->state) || !SHA256_Init(&sha->state))
        return fail(E_CRYPTO);
    return ok();
}

void sha256_free(Sha256 *sha)
{
    if (!sha)
        return;
    state_wipe(&sha->state);
    free(sha);
}

void sha256_freep(Sha256 **sha)
{
    sha256_free(*sha);
    *sha = NULL;
}

/* ---- HMAC, RFC 2104 ---- */

#define INNER 0x36
#define OUTER 0x5c

typedef struct Mac {
    uint8_t block[SHA256_CBLOCK];
    SHA256_CTX state;
} Mac;

static void mac_wipe(Mac *mac)
{
    crypto_wipe(mac, sizeof *mac);
}

/* Each of the two hashes starts with the key in a block of its own. */
static bool begin_with(Mac *mac, const Key *key, uint8_t pad)
{
    memset(mac->block, pad, sizeof mac->block);
    for (size_t i = 0; i < KEY_BYTES; i++)
        mac->block[i] ^= key->bytes[i];
    return SHA256_Init(&mac->state) && SHA256_Update(&mac->state, mac->block, sizeof mac->block);
}

Err crypto_hmac(const Crypto *crypto, const Key *key, const Str *parts, size_t count, uint8_t ret_mac[static HASH_BYTES])
{
    AUTO(mac_wipe) Mac mac = {0};
    uint8_t inner[HASH_BYTES];
    (void)crypto;

    if (!begin_with(&mac, key, INNER))
        return fail(E_CRYPTO);
    TRY(add_parts(&mac.state, parts, count));
    if (!SHA256_Final(inner, &mac.state) || !begin_with(&mac, key, OUTER) ||
        !SHA256_Update(&mac.state, inner, sizeof inner) || !SHA256_Final(ret_mac, &mac.state))
        return fail(E_CRYPTO);
    return ok();
}

/* HKDF-Expand for one block of output (RFC 5869, 2.3): HMAC(key, info | 0x01). Keys are uniform already: no extract. */
Err crypto_derive(const Crypto *crypto, const Key *key, KeyLabel label, Key *ret_sub_key)
{
    AUTO(key_wipe) Key sub_key = {0};
    if ((unsigned)label >= LABEL_COUNT)
        return fail(E_RANGE);
    const Str parts[] = {str_from_c(label_texts[label]), STR("\x01")};
    TRY(crypto_hmac(crypto, key, parts, COUNT_OF(parts), sub_key.bytes));
    *ret_sub_key = sub_key;
    return ok();
}

/* SHA-256, HMAC-SHA-256 and the sub-keys derived with it.
 * Must not compare or print what it makes.
 * Called from crypto, store, keyd, service, cli. */
#include "crypto/hash.h"

#include <stdlib.h>
#include <string.h>

#include "crypto/crypto_priv.h"

#define X(name, text) [LABEL_##name] = "stafettlogg/1/" text,
static const char *const label_texts[] = {KEY_LABELS(X)};
#undef X

struct Sha256 {
    EVP_MD_CTX *context;
};

static void digest_freep(EVP_MD_CTX **context)
{
    EVP_MD_CTX_free(*context);
}

static Err hash_parts(const EVP_MD *algorithm, const Str *parts, size_t count, uint8_t ret_hash[static HASH_BYTES])
{
    AUTO(digest_freep) EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!context || !EVP_DigestInit_ex(context, algorithm, NULL))
        return fail(E_CRYPTO);
    for (size_t i = 0; i < count; i++)
        if (!EVP_DigestUpdate(context, parts[i].data, parts[i].length))
            return fail(E_CRYPTO);
    if (!EVP_DigestFinal_ex(context, ret_hash, NULL))
        return fail(E_CRYPTO);
    return ok();
}

Err crypto_sha256(const Crypto *crypto, const Str *parts, size_t count, uint8_t ret_hash[static HASH_BYTES])
{
    return hash_parts(crypto->sha256, parts, count, ret_hash);
}

Err sha256(Str bytes, uint8_t ret_hash[static HASH_BYTES])
{
    return hash_parts(EVP_sha256(), &bytes, 1, ret_hash);
}

Err sha256_new(Sha256 **ret_sha256)
{
    AUTO(sha256_freep) Sha256 *sha = calloc(1, sizeof *sha);
    if (!sha)
        return fail(E_NO_MEMORY);
    sha->context = EVP_MD_CTX_new();
    if (!sha->context || !EVP_DigestInit_ex(sha->context, EVP_sha256(), NULL))
        return fail(E_CRYPTO);
    *ret_sha256 = TAKE(sha);
    return ok();
}

Err sha256_add(Sha256 *sha, Str bytes)
{
    return EVP_DigestUpdate(sha->context, bytes.data, bytes.length) ? ok() : fail(E_CRYPTO);
}

Err sha256_done(Sha256 *sha, uint8_t ret_hash[static HASH_BYTES])
{
    /* Begun anew with the algorithm it has: to name it would be to look it up, which costs as much as hashing a row. */
    if (!EVP_DigestFinal_ex(sha->context, ret_hash, NULL) || !EVP_DigestInit_ex(sha->context, NULL, NULL))
        return fail(E_CRYPTO);
    return ok();
}

void sha256_free(Sha256 *sha)
{
    if (!sha)
        return;
    EVP_MD_CTX_free(sha->context);
    free(sha);
}

void sha256_freep(Sha256 **sha)
{
    sha256_free(*sha);
    *sha = NULL;
}

#define BLOCK_BYTES 64
#define INNER 0x36
#define OUTER 0x5c

static void pad_wipe(uint8_t (*pad)[BLOCK_BYTES])
{
    crypto_wipe(pad, sizeof *pad);
}

/* Both hashes of a MAC begin with the key, each byte of its block changed. */
static Err add_key(EVP_MD_CTX *context, const Key *key, uint8_t change)
{
    AUTO(pad_wipe) uint8_t pad[BLOCK_BYTES];

    for (size_t i = 0; i < sizeof pad; i++)
        pad[i] = (uint8_t)((i < KEY_BYTES ? key->bytes[i] : 0) ^ change);
    return EVP_DigestUpdate(context, pad, sizeof pad) ? ok() : fail(E_CRYPTO);
}

/* RFC 2104 over libcrypto's SHA-256. Its EVP_MAC looks the hash up by name for every key and makes seven contexts: most of the
 * time of a MAC over a row. What the context held of the key is wiped when it is freed. */
Err crypto_hmac(const Crypto *crypto, const Key *key, const Str *parts, size_t count, uint8_t ret_mac[static HASH_BYTES])
{
    AUTO(digest_freep) EVP_MD_CTX *context = EVP_MD_CTX_new();
    uint8_t mac[HASH_BYTES];

    if (!context || !EVP_DigestInit_ex(context, crypto->sha256, NULL))
        return fail(E_CRYPTO);
    TRY(add_key(context, key, INNER));
    for (size_t i = 0; i < count; i++)
        if (!EVP_DigestUpdate(context, parts[i].data, parts[i].length))
            return fail(E_CRYPTO);
    if (!EVP_DigestFinal_ex(context, mac, NULL) || !EVP_DigestInit_ex(context, NULL, NULL))
        return fail(E_CRYPTO);
    TRY(add_key(context, key, OUTER));
    if (!EVP_DigestUpdate(context, mac, sizeof mac) || !EVP_DigestFinal_ex(context, mac, NULL))
        return fail(E_CRYPTO);
    memcpy(ret_mac, mac, sizeof mac);
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

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

static void mac_freep(EVP_MAC_CTX **context)
{
    EVP_MAC_CTX_free(*context);
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

/* A copy of what was made ready: for a context of its own libcrypto looks the hash up by name at every key. */
Err crypto_hmac(const Crypto *crypto, const Key *key, const Str *parts, size_t count, uint8_t ret_mac[static HASH_BYTES])
{
    AUTO(mac_freep) EVP_MAC_CTX *context = EVP_MAC_CTX_dup(crypto->hmac);
    size_t length = 0;

    if (!context || !EVP_MAC_init(context, key->bytes, KEY_BYTES, NULL))
        return fail(E_CRYPTO);
    for (size_t i = 0; i < count; i++)
        if (parts[i].length && !EVP_MAC_update(context, (const uint8_t *)parts[i].data, parts[i].length))
            return fail(E_CRYPTO);
    if (!EVP_MAC_final(context, ret_mac, &length, HASH_BYTES))
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

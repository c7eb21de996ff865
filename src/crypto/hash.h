/* Hashes, MACs and sub-keys.
 * Must not be called with parts whose borders could slide.
 * Used through crypto/crypto.h. */
#ifndef CRYPTO_HASH_H
#define CRYPTO_HASH_H

#include "crypto/key.h"

/* SHA-256 of the parts, one after the other. Errors: E_CRYPTO. */
MUST_USE Err crypto_sha256(const Crypto *crypto, const Str *parts, size_t count, uint8_t ret_hash[static HASH_BYTES]);
/* The same without a Crypto, for callers that hash and nothing else (store, build tools). */
MUST_USE Err sha256(Str bytes, uint8_t ret_hash[static HASH_BYTES]);

/* SHA-256 of a stream. sha256_free(NULL) is fine; use AUTO(sha256_freep). */
typedef struct Sha256 Sha256;
MUST_USE Err sha256_new(Sha256 **ret_sha256);
MUST_USE Err sha256_add(Sha256 *sha256, Str bytes);
/* The hash of all that was added; then ready for the next stream. */
MUST_USE Err sha256_done(Sha256 *sha256, uint8_t ret_hash[static HASH_BYTES]);
void sha256_free(Sha256 *sha256);
void sha256_freep(Sha256 **sha256);

/* HMAC-SHA-256 over the parts, one after the other (give fixed-width parts, or lengths). Errors: E_CRYPTO. */
MUST_USE Err crypto_hmac(const Crypto *crypto, const Key *key, const Str *parts, size_t count,
                         uint8_t ret_mac[static HASH_BYTES]);

/* The sub-key of one use. Errors: E_CRYPTO. */
MUST_USE Err crypto_derive(const Crypto *crypto, const Key *key, KeyLabel label, Key *ret_sub_key);

#endif

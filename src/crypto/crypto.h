/* Sealing, deriving, hashing, signing: everything that touches a key, on top of OpenSSL and libsodium.
 * Must not print, log or store a key; must not be bypassed: no other folder includes a cryptographic library.
 * Used by store (hashes), keys, keyd, service, cli. Formats: docs/formats.md. Claims: docs/crypto.md. */
#ifndef CRYPTO_CRYPTO_H
#define CRYPTO_CRYPTO_H

#include "crypto/hash.h"
#include "crypto/key.h"
#include "crypto/seal.h"
#include "crypto/sign.h"
#include "crypto/stream.h"

void key_wipe(Key *key);
/* Wipes any memory; the compiler may not leave it out. */
void crypto_wipe(void *memory, size_t length);
/* Compares secrets in constant time. */
bool crypto_equal(const void *a, const void *b, size_t length);

/* The algorithms, fetched once, and the source of randomness. Safe for all threads, never changes after it is made.
 * world must outlive it. Errors: E_CRYPTO, E_NO_MEMORY. */
MUST_USE Err crypto_new(const World *world, Crypto **ret_crypto);
void crypto_free(Crypto *crypto);
void crypto_freep(Crypto **crypto);

/* A fresh random key. Errors: E_IO. */
MUST_USE Err crypto_key_new(const Crypto *crypto, Key *ret_key);
MUST_USE Err crypto_random(const Crypto *crypto, void *ret_bytes, size_t length);

/* A short keyed hash for tables in memory (SipHash-2-4); never stored. key is 16 random bytes. */
uint64_t crypto_short_hash(const uint8_t key[static 16], Str bytes);

#endif

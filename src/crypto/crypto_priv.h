/* Inside of Crypto, for the files of this folder.
 * Must not reuse a nonce.
 * Used by crypto only. */
#ifndef CRYPTO_CRYPTO_PRIV_H
#define CRYPTO_CRYPTO_PRIV_H

#include <openssl/evp.h>

#include "crypto/crypto.h"

#define NONCE_BYTES 12
#define TAG_BYTES 16

struct Crypto {
    const World *world;
    EVP_CIPHER *aes;
};

/* The nonce of one encryption: HMAC(k_nonce, random 32 | associated | plain), so that a repeated random number
 * repeats a nonce for identical input only. */
MUST_USE Err crypto_nonce(const Crypto *crypto, const Key *key, Str associated, Str plain,
                          uint8_t ret_nonce[static NONCE_BYTES]);
/* One use of AES-256-GCM. */
typedef struct Gcm {
    const Key *key;
    const uint8_t *nonce; /* NONCE_BYTES */
    Str associated;
    EVP_CIPHER_CTX *ready; /* the same key, set up to open with; or NULL */
} Gcm;

struct Opener {
    EVP_CIPHER_CTX *context;
};

/* AES-256-GCM, ciphertext and tag into ret_cipher (plain.length + TAG_BYTES). */
MUST_USE Err crypto_gcm_seal(const Crypto *crypto, const Gcm *gcm, Str plain, uint8_t *ret_cipher);
/* Errors: E_FORGED; ret_plain (cipher.length - TAG_BYTES bytes) is wiped then. */
MUST_USE Err crypto_gcm_open(const Crypto *crypto, const Gcm *gcm, Str cipher, uint8_t *ret_plain);

#endif

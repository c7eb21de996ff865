/* Passwords and passphrases: Argon2id in one preallocated arena with a short queue (rules: keys 13).
 * Must not tell by its time whether a user exists: verify a decoy (password_decoy) when there is no one.
 * Used by service (sign-in) and cli (share files). */
#ifndef CRYPTO_PASSWORD_H
#define CRYPTO_PASSWORD_H

#include "crypto/crypto.h"

/* Encoded: format u8 | memory in KiB u32 | passes u32 | salt 16 | hash 32. */
#define PASSWORD_BYTES 57
#define PASSWORD_MIN_CODE_POINTS 15
#define PASSWORD_MAX_BYTES 1024

typedef struct PasswordHash {
    uint8_t bytes[PASSWORD_BYTES];
} PasswordHash;

/* One hash at a time, at most ten more wait. Safe for all threads. */
typedef struct Passwords Passwords;
MUST_USE Err passwords_new(const Crypto *crypto, Passwords **ret_passwords);
void passwords_free(Passwords *passwords);
void passwords_freep(Passwords **passwords);

/* Hashes its composed form (text_nfc) under the present cost (46 MiB or more). Errors: E_BUSY when ten wait already,
 * E_RANGE (fewer than 15 code points or more than 1024 bytes), E_BAD_UTF8, E_CRYPTO. */
MUST_USE Err password_hash(Passwords *passwords, Str password, PasswordHash *ret_hash);

/* Tries the composed form and, where it differs, the decomposed one, of which hashes were made before. Errors: E_NO_SESSION when
 * it does not fit, E_BUSY, E_MALFORMED (the stored value), E_CRYPTO.
 * Costs the same whether it fits or not. */
MUST_USE Err password_verify(Passwords *passwords, Str password, const PasswordHash *hash);
/* A hash that no password fits, at the present cost: verify it when there is no such user. */
MUST_USE Err password_decoy(Passwords *passwords, PasswordHash *ret_hash);
/* True when the stored cost is below the present one: hash again at the next good sign-in. */
bool password_outdated(const PasswordHash *hash);

/* The key that the composed form of a passphrase gives with this salt (share files). Errors as password_hash. */
MUST_USE Err password_key(Passwords *passwords, Str passphrase, const uint8_t salt[static 16], Key *ret_key);
/* That of the decomposed form, of which share files were made before. Errors also: E_RANGE when it is the same. */
MUST_USE Err password_key_former(Passwords *passwords, Str passphrase, const uint8_t salt[static 16], Key *ret_key);

#endif

/* Signatures of audit heads, and boxes to the recovery key.
 * Must not accept a key of another length or kind.
 * Used through crypto/crypto.h. */
#ifndef CRYPTO_SIGN_H
#define CRYPTO_SIGN_H

#include "crypto/key.h"

/* Ed25519 from a seed of 32 bytes. Errors: E_CRYPTO; E_FORGED when a signature does not fit. */
MUST_USE Err signature_public(const Key *seed, uint8_t ret_public[static 32]);
MUST_USE Err signature_make(const Key *seed, Str message, uint8_t ret_signature[static SIGNATURE_BYTES]);
MUST_USE Err signature_verify(const uint8_t public_key[static 32], Str message,
                           const uint8_t signature[static SIGNATURE_BYTES]);

/* X25519: the public half of a private key; and a box that only the private half opens (ephemeral X25519, HKDF,
 * AES-256-GCM; associated binds it to its place). ret_box has plain.length + BOX_OVERHEAD bytes.
 * Errors: E_CRYPTO, E_FORGED. */
MUST_USE Err box_public(const Key *private_key, uint8_t ret_public[static 32]);
MUST_USE Err box_seal(const Crypto *crypto, const uint8_t public_key[static 32], Str associated, Str plain, void *ret_box);
MUST_USE Err box_open(const Crypto *crypto, const Key *private_key, Str associated, Str box, void *ret_plain);

#endif

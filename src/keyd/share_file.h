/* The file in which a custodian carries both shares.
 * Must not tell a wrong passphrase from a changed file.
 * Used by init, unseal and tests. Format: docs/formats.md. */
#ifndef KEYD_SHARE_FILE_H
#define KEYD_SHARE_FILE_H

#include "keyd/make.h"

/* A share file: clear head, then both shares sealed under the passphrase (Argon2id). Format: docs/formats.md. */
#define SHARE_FILE_BYTES 200
/* Errors: as password_key. */
MUST_USE Err share_file_encode(const Crypto *crypto, Passwords *passwords, Str passphrase, const CustodianShares *shares,
                               uint8_t ret_bytes[static SHARE_FILE_BYTES]);
/* Errors: E_MALFORMED (not a share file), E_WRONG_SHARE (wrong passphrase, or changed), E_BUSY, E_CRYPTO. */
MUST_USE Err share_file_decode(const Crypto *crypto, Passwords *passwords, Str passphrase, Str bytes,
                               CustodianShares *ret_shares);

#endif

/* Splitting a key so that any k of n shares give it back and k - 1 tell nothing (Shamir over GF(2^8), constant time).
 * Must not branch or index on secret bytes.
 * Used by cli (init), keyd (unseal, rekey). */
#ifndef CRYPTO_SHAMIR_H
#define CRYPTO_SHAMIR_H

#include "crypto/crypto.h"

#define SHARES_MAX 5
/* Encoded: set id 16 | index u8 | threshold u8 | value 32 | checksum 8 (SHA-256 of the rest, first 8 bytes). */
#define SHARE_BYTES 58

typedef struct Share {
    Id set;
    uint8_t index;     /* 1..5: the x coordinate */
    uint8_t threshold; /* 2..5, 1 in tests only */
    uint8_t value[KEY_BYTES];
} Share;

void share_wipe(Share *share);

/* count shares, any threshold of which give the key back. */
typedef struct ShareSet {
    Id id;             /* fresh */
    uint8_t threshold; /* 1..count */
    uint8_t count;     /* 1..5 */
} ShareSet;

/* Errors: E_RANGE, E_IO. */
MUST_USE Err shamir_split(const Crypto *crypto, const Key *key, ShareSet set, Share ret_shares[static SHARES_MAX]);
/* Exactly the threshold, of one set, with distinct indexes. A wrong value gives a wrong key: authenticate what it opens.
 * Errors: E_WRONG_SHARE (mixed sets, same index twice, too few). */
MUST_USE Err shamir_join(const Share *shares, size_t count, Key *ret_key);

MUST_USE Err share_encode(const Share *share, uint8_t ret_bytes[static SHARE_BYTES]);
/* Errors: E_WRONG_SHARE when the checksum or a range does not hold. */
MUST_USE Err share_decode(Str bytes, Share *ret_share);

#endif

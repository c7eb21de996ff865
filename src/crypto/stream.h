/* A long stream in chunks that are sealed one by one: none can be changed, left out, moved, or brought in from another stream.
 * Must not be used with a key that has sealed another stream: the nonces are counted.
 * Used through crypto/crypto.h, by backup. Format: docs/formats.md. */
#ifndef CRYPTO_STREAM_H
#define CRYPTO_STREAM_H

#include "crypto/key.h"

#define STREAM_CHUNK 65536 /* plain bytes of every chunk but the last */
#define STREAM_OVERHEAD 16 /* the tag */
#define STREAM_PREFIX 7

/* AES-256-GCM as STREAM: nonce = prefix 7 | counter u32 | 1 for the last chunk, else 0. Key and header are the caller's. */
typedef struct Stream {
    const Crypto *crypto;
    const Key *key;
    Str header;                     /* associated data of every chunk */
    uint8_t prefix[STREAM_PREFIX];
    uint32_t counter;
    bool ended;
} Stream;

/* The next chunk into ret_cipher (plain.length + STREAM_OVERHEAD bytes). Only the last one may be shorter than STREAM_CHUNK.
 * Errors: E_RANGE (its length; or the last was sealed), E_TOO_LARGE (as many chunks as there are counters), E_CRYPTO. */
MUST_USE Err stream_seal(Stream *stream, Str plain, bool last, uint8_t *ret_cipher);
/* The next chunk again, into ret_plain (cipher.length - STREAM_OVERHEAD bytes). Errors: E_FORGED also for one that is another chunk, or
 * the last when it should not be; E_TRUNCATED, E_RANGE, E_TOO_LARGE, E_CRYPTO. */
MUST_USE Err stream_open(Stream *stream, Str cipher, bool last, uint8_t *ret_plain);

#endif

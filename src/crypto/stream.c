/* Sealing a stream in chunks (AES-256-GCM, the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar).
 * Must not use a nonce twice: the counter never goes back, and a stream that ended takes nothing more.
 * Called by backup. */
#include "crypto/stream.h"

#include <string.h>

#include "crypto/crypto_priv.h"

static void nonce_of(const Stream *stream, bool last, uint8_t ret_nonce[static NONCE_BYTES])
{
    memcpy(ret_nonce, stream->prefix, STREAM_PREFIX);
    for (int i = 0; i < 4; i++)
        ret_nonce[STREAM_PREFIX + i] = (uint8_t)(stream->counter >> (24 - 8 * i));
    ret_nonce[NONCE_BYTES - 1] = last;
}

static Err check(const Stream *stream, size_t plain_length, bool last)
{
    bool fits = last ? plain_length <= STREAM_CHUNK : plain_length == STREAM_CHUNK;

    if (stream->ended || !fits)
        return fail(E_RANGE);
    return stream->counter == UINT32_MAX ? fail(E_TOO_LARGE) : ok();
}

static void go_on(Stream *stream, bool last)
{
    stream->counter++;
    stream->ended = last;
}

Err stream_seal(Stream *stream, Str plain, bool last, uint8_t *ret_cipher)
{
    uint8_t nonce[NONCE_BYTES];
    const Gcm gcm = {.key = stream->key, .nonce = nonce, .associated = stream->header};

    TRY(check(stream, plain.length, last));
    nonce_of(stream, last, nonce);
    go_on(stream, last);
    return crypto_gcm_seal(stream->crypto, &gcm, plain, ret_cipher);
}

Err stream_open(Stream *stream, Str cipher, bool last, uint8_t *ret_plain)
{
    uint8_t nonce[NONCE_BYTES];
    const Gcm gcm = {.key = stream->key, .nonce = nonce, .associated = stream->header};

    if (cipher.length < STREAM_OVERHEAD)
        return fail(E_TRUNCATED);
    TRY(check(stream, cipher.length - STREAM_OVERHEAD, last));
    nonce_of(stream, last, nonce);
    TRY(crypto_gcm_open(stream->crypto, &gcm, cipher, ret_plain));
    go_on(stream, last);
    return ok();
}

/* Sealed values: format 1 | generation 4 | nonce 12 | ciphertext | tag 16, bound to their place, padded to a size class.
 * Must not tell the length of a text, nor open a value at another place than its own.
 * Called from service, keyd, cli. */
#include "crypto/seal.h"

#include <stdlib.h>
#include <string.h>

#include "crypto/crypto_priv.h"

#define SEAL_FORMAT 1
#define SEAL_AT_NONCE 5
#define SEAL_AT_CIPHER (SEAL_AT_NONCE + NONCE_BYTES)
#define ASSOCIATED_BYTES 60
#define LENGTH_BYTES 4

/* Up to `until` bytes (length field counted) sizes go in steps of `step`. */
typedef struct SizeClass {
    size_t until;
    size_t step;
} SizeClass;

static const SizeClass text_classes[] = {
    {.until = 1024, .step = 64},
    {.until = 16384, .step = 256},
    {.until = SIZE_MAX, .step = 4096},
};
static const SizeClass document_classes[] = {{.until = SIZE_MAX, .step = 65536}};

static size_t padded_size(SealPadding padding, size_t length)
{
    const SizeClass *row = padding == PAD_DOCUMENT ? document_classes : text_classes;
    size_t total = length + LENGTH_BYTES;
    while (total > row->until)
        row++;
    return (total + row->step - 1) / row->step * row->step;
}

size_t sealed_size(SealPadding padding, size_t plain_length)
{
    return padded_size(padding, plain_length) + SEALED_OVERHEAD;
}

static void put_u32(uint8_t *to, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(number >> (24 - 8 * i));
}

static uint32_t get_u32(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

/* format | mode | tenant | table | column | row | version | scope | generation: fixed width, so nothing can slide. */
static void associated_data(const SealContext *context, uint32_t generation, uint8_t ret_bytes[static ASSOCIATED_BYTES])
{
    uint8_t *to = ret_bytes;
    *to++ = SEAL_FORMAT;
    *to++ = (uint8_t)context->mode;
    memcpy(to, context->tenant.bytes, ID_BYTES);
    to += ID_BYTES;
    *to++ = context->table;
    *to++ = context->column;
    memcpy(to, context->row.bytes, ID_BYTES);
    to += ID_BYTES;
    put_u32(to, context->version);
    to += 4;
    memcpy(to, context->scope.bytes, ID_BYTES);
    to += ID_BYTES;
    put_u32(to, generation);
}

Err crypto_seal(const Crypto *crypto, const Sealing *sealing, Str plain, Arena *keep, Str *ret_sealed)
{
    uint8_t associated[ASSOCIATED_BYTES];
    uint8_t *padded = NULL;
    uint8_t *sealed = NULL;

    if (plain.length > SEALED_PLAIN_MAX)
        return fail(E_TOO_LARGE);
    size_t size = padded_size(sealing->padding, plain.length);
    TRY(ARENA_NEW(keep, uint8_t, size + SEALED_OVERHEAD, &sealed));
    TRY(ARENA_NEW(keep, uint8_t, size, &padded));
    put_u32(padded, (uint32_t)plain.length);
    if (plain.length)
        memcpy(padded + LENGTH_BYTES, plain.data, plain.length);

    associated_data(&sealing->context, sealing->generation, associated);
    sealed[0] = SEAL_FORMAT;
    put_u32(sealed + 1, sealing->generation);
    const Gcm gcm = {.key = sealing->key,
                     .nonce = sealed + SEAL_AT_NONCE,
                     .associated = str_from_bytes(associated, sizeof associated)};
    const Str text = str_from_bytes(padded, size);
    TRY(crypto_nonce(crypto, gcm.key, gcm.associated, text, sealed + SEAL_AT_NONCE));
    Err done = crypto_gcm_seal(crypto, &gcm, text, sealed + SEAL_AT_CIPHER);
    crypto_wipe(padded, size);
    TRY(done);
    *ret_sealed = str_from_bytes(sealed, size + SEALED_OVERHEAD);
    return ok();
}

Err sealed_generation(Str sealed, uint32_t *ret_generation)
{
    if (sealed.length < SEALED_OVERHEAD + LENGTH_BYTES)
        return fail(E_TRUNCATED);
    if (sealed.data[0] != SEAL_FORMAT)
        return fail(E_MALFORMED);
    *ret_generation = get_u32((const uint8_t *)sealed.data + 1);
    return ok();
}

Err sealed_tag(Str sealed, uint8_t ret_tag[static 16])
{
    if (sealed.length < SEALED_OVERHEAD)
        return fail(E_TRUNCATED);
    memcpy(ret_tag, sealed.data + sealed.length - TAG_BYTES, TAG_BYTES);
    return ok();
}

/* Padding that is not zero was made by someone else's program: refuse it, so that a value has one spelling. */
static Err unpad(const uint8_t *padded, size_t size, Str *ret_plain)
{
    size_t length = get_u32(padded);
    if (length > size - LENGTH_BYTES)
        return fail(E_FORGED);
    for (size_t i = LENGTH_BYTES + length; i < size; i++)
        if (padded[i])
            return fail(E_FORGED);
    *ret_plain = str_from_bytes(padded + LENGTH_BYTES, length);
    return ok();
}

Err opener_new(const Crypto *crypto, const Key *key, Opener **ret_opener)
{
    AUTO(opener_freep) Opener *opener = calloc(1, sizeof *opener);

    if (!opener)
        return fail(E_NO_MEMORY);
    opener->context = EVP_CIPHER_CTX_new();
    if (!opener->context || !EVP_DecryptInit_ex2(opener->context, crypto->aes, key->bytes, NULL, NULL))
        return fail(E_CRYPTO);
    *ret_opener = TAKE(opener);
    return ok();
}

void opener_free(Opener *opener)
{
    if (!opener)
        return;
    EVP_CIPHER_CTX_free(opener->context); /* wipes the key in it */
    free(opener);
}

void opener_freep(Opener **opener)
{
    opener_free(*opener);
    *opener = NULL;
}

Err crypto_open(const Crypto *crypto, const Sealing *sealing, Str sealed, Arena *keep, Str *ret_plain)
{
    uint8_t associated[ASSOCIATED_BYTES];
    uint32_t generation = 0;
    uint8_t *padded = NULL;

    TRY(sealed_generation(sealed, &generation));
    size_t size = sealed.length - SEALED_OVERHEAD;
    TRY(ARENA_NEW(keep, uint8_t, size, &padded));
    associated_data(&sealing->context, generation, associated);
    const Gcm gcm = {.key = sealing->key,
                     .nonce = (const uint8_t *)sealed.data + SEAL_AT_NONCE,
                     .associated = str_from_bytes(associated, sizeof associated),
                     .ready = sealing->opener ? sealing->opener->context : NULL};
    TRY(crypto_gcm_open(crypto, &gcm, str_slice(sealed, SEAL_AT_CIPHER, sealed.length), padded));
    return unpad(padded, size, ret_plain);
}

Err crypto_wrap(const Crypto *crypto, const Key *key, Str associated, Str plain, void *ret_wrapped)
{
    uint8_t *to = ret_wrapped;
    const Gcm gcm = {.key = key, .nonce = to, .associated = associated};

    TRY(crypto_nonce(crypto, key, associated, plain, to));
    return crypto_gcm_seal(crypto, &gcm, plain, to + NONCE_BYTES);
}

Err crypto_unwrap(const Crypto *crypto, const Key *key, Str associated, Str wrapped, void *ret_plain)
{
    if (wrapped.length < WRAP_OVERHEAD)
        return fail(E_TRUNCATED);
    const Gcm gcm = {.key = key, .nonce = (const uint8_t *)wrapped.data, .associated = associated};
    return crypto_gcm_open(crypto, &gcm, str_slice(wrapped, NONCE_BYTES, wrapped.length), ret_plain);
}

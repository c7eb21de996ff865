/* RFC 6238 on RFC 4226, with SHA-1 because every authenticator app speaks it.
 * Must not leak by its time how many digits were right.
 * Called from service. */
#include "crypto/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/clean.h"

#define DIGITS 6
#define TYPED_MAX 64 /* bytes: six digits of any script, with what an app puts between them */
#define SCRATCH 4096

static Err code_number(const uint8_t secret[static TOTP_SECRET_BYTES], int64_t step, uint32_t *ret_number)
{
    uint8_t counter[8];
    uint8_t mac[EVP_MAX_MD_SIZE];
    unsigned length = 0;

    for (int i = 0; i < 8; i++)
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    if (!HMAC(EVP_sha1(), secret, TOTP_SECRET_BYTES, counter, sizeof counter, mac, &length) || length != 20)
        return fail(E_CRYPTO);
    unsigned at = mac[19] & 15;
    uint32_t number = (uint32_t)(mac[at] & 127) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    *ret_number = number % 1000000;
    return ok();
}

Err totp_code(const uint8_t secret[static TOTP_SECRET_BYTES], int64_t step, char ret_code[static 7])
{
    uint32_t number = 0;
    TRY(code_number(secret, step, &number));
    for (int i = DIGITS - 1; i >= 0; i--) {
        ret_code[i] = (char)('0' + number % 10);
        number /= 10;
    }
    ret_code[DIGITS] = '\0';
    return ok();
}

/* The digits of what was typed: apps show "290 816". */
static Err read_digits(Str typed, Arena *scratch, Str *ret_code)
{
    if (typed.length > TYPED_MAX)
        return fail(E_MALFORMED);
    Err read = text_bare(typed, scratch, ret_code);
    if (read.id == E_BAD_UTF8)
        return fail(E_MALFORMED);
    TRY(read);
    for (size_t i = 0; i < ret_code->length; i++)
        if (ret_code->data[i] < '0' || ret_code->data[i] > '9')
            return fail(E_MALFORMED);
    return ret_code->length == DIGITS ? ok() : fail(E_MALFORMED);
}

Err totp_check(const uint8_t secret[static TOTP_SECRET_BYTES], Str typed, int64_t now, int64_t *ret_step)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str code = STR_NONE;
    int64_t matched = -1;

    TRY(arena_new(SCRATCH, &arena));
    TRY(read_digits(typed, arena, &code));
    if (now < 0)
        return fail(E_RANGE);
    for (int64_t step = now / TOTP_STEP_MS - 1; step <= now / TOTP_STEP_MS + 1; step++) {
        char right[DIGITS + 1];
        TRY(totp_code(secret, step, right));
        if (crypto_equal(right, code.data, DIGITS))
            matched = step;
    }
    if (matched < 0)
        return fail(E_NO_SESSION);
    *ret_step = matched;
    return ok();
}

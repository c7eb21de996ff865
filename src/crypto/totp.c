/* RFC 6238 on RFC 4226, with SHA-1 because every authenticator app speaks it.
 * Must not leak by its time how many digits were right.
 * Called from service. */
#include "crypto/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#define DIGITS 6

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

Err totp_check(const uint8_t secret[static TOTP_SECRET_BYTES], Str code, int64_t now, int64_t *ret_step)
{
    int64_t matched = -1;

    if (code.length != DIGITS)
        return fail(E_MALFORMED);
    for (size_t i = 0; i < DIGITS; i++)
        if (code.data[i] < '0' || code.data[i] > '9')
            return fail(E_MALFORMED);
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

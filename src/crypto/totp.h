/* One-time codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 s).
 * Must not accept a step twice: the caller stores the step and asks store_person_totp_used.
 * Used by service. */
#ifndef CRYPTO_TOTP_H
#define CRYPTO_TOTP_H

#include "crypto/crypto.h"

#define TOTP_SECRET_BYTES 20
#define TOTP_STEP_MS 30000

/* Is what was typed (six digits, however an app groups them and a keyboard writes them) right at now (UTC ms), one step
 * early or late allowed? *ret_step is the step it belongs to; refuse it when it is not greater than the last one used.
 * Errors: E_MALFORMED (not six digits), E_NO_SESSION (wrong), E_CRYPTO. Constant time in the digits. */
MUST_USE Err totp_check(const uint8_t secret[static TOTP_SECRET_BYTES], Str typed, int64_t now, int64_t *ret_step);
/* The six digits of one step, terminated; for enrolment tests and the demo. */
MUST_USE Err totp_code(const uint8_t secret[static TOTP_SECRET_BYTES], int64_t step, char ret_code[static 7]);

#endif

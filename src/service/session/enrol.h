/* First sign-in: a one-time code becomes a user name, a password and an authenticator.
 * Must not store a secret before a first code of the authenticator was right, and must not tell codes apart.
 * Called by web and api. Rule: sign-in 3. */
#ifndef SERVICE_SESSION_ENROL_H
#define SERVICE_SESSION_ENROL_H

#include "crypto/totp.h"
#include "service/service.h"

/* What enrolment hands out once. */
typedef struct EnrolmentStart {
    Str user_name_hint; /* work e-mail for staff, empty for family */
    uint8_t totp_secret[20]; /* follows from the code and this process's own key: the browser carries nothing */
} EnrolmentStart;

/* Everybody can type codes: an address that has typed many which are none must wait. may_try before each of the two below,
 * failed after E_NOT_FOUND from one of them. Errors: E_BUSY. */
MUST_USE Err session_enrolment_may_try(Service *service, Str address);
/* When this address may try, UTC ms. */
MUST_USE Err session_enrolment_until(Service *service, Str address, int64_t *ret_until);
MUST_USE Err session_enrolment_failed(Service *service, Str address);
/* Enrolment, first page: are the codes good? Errors: E_NOT_FOUND (unknown, used, older than 14 days: one answer). */
MUST_USE Err session_enrolment_begin(Service *service, Id tenant, Str code, Arena *keep, EnrolmentStart *ret_start);
/* What was typed on the second page. */
typedef struct Enrolling {
    Str enrolment;   /* the one-time code of the first page, or several */
    Str user_name, password, code;
} Enrolling;

/* Enrolment, second page: sets user name, password (15..128 code points, not on the blocklist) and TOTP, checks a first
 * code, uses the enrolment codes up. Errors, with *ret_field: E_NOT_FOUND as above; E_INVALID user_name, password, code;
 * E_INVALID enrolment when the person may do more than the codes were made for; E_DUPLICATE user_name when it is taken;
 * E_DUPLICATE enrolment when there is an account already, which the code does not open. The last two leave a line. */
MUST_USE Err session_enrol(Service *service, Id tenant, const Enrolling *typed, Str *ret_field);

#endif

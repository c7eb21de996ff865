/* Signing in with user name, password and code.
 * Must not tell whether a user name exists: an unknown one goes the same way over the decoy, statement by statement.
 * Called by web and api. Rules: sign-in 2, 3, 9, keys 13, reading-and-writing 2. */
#ifndef SERVICE_SESSION_SIGN_IN_H
#define SERVICE_SESSION_SIGN_IN_H

#include "service/session/session.h"

/* What was typed, and from where. */
typedef struct SignIn {
    Str user_name, password, code;
    Str address;   /* the client's, for back-off only; kept in memory as a keyed hash */
    Str familiar;  /* what this browser keeps of earlier sign-ins (session_familiar); empty: nothing */
} SignIn;

/* Checks user name, password and TOTP code and opens a session without a role yet (choose one with session_choose).
 * Errors: E_NO_SESSION wrong user name, password or code (one answer for all); E_BUSY back-off, a full Argon2id
 * queue, or nothing left of what the agent gives; E_SEALED, E_NO_AGENT. One audit line in each case but E_BUSY; of a flood,
 * one for many (session/gate.h). */
MUST_USE Err session_sign_in(Service *service, Id tenant, const SignIn *typed, SessionToken *ret_token);

/* When it is worth trying again after E_BUSY, UTC ms. */
MUST_USE Err session_sign_in_until(Service *service, Id tenant, const SignIn *typed, int64_t *ret_until);

/* What a browser shall keep in which this user name has just signed in, or enrolled: it is familiar there from now on, also
 * when the service was restarted. Letters, digits, '-', '_' and '.'. */
MUST_USE Err session_familiar(Service *service, Id tenant, const SignIn *typed, Arena *keep, Str *ret_familiar);

#endif

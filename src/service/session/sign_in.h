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
} SignIn;

/* Checks user name, password and TOTP code and opens a session without a role yet (choose one with session_choose).
 * Errors: E_NO_SESSION wrong user name, password or code (one answer for all); E_BUSY back-off or a full Argon2id
 * queue; E_SEALED, E_NO_AGENT. One audit line in each case but E_BUSY. */
MUST_USE Err session_sign_in(Service *service, Id tenant, const SignIn *typed, SessionToken *ret_token);

#endif

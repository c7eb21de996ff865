/* A code anew, from whoever has been signed in for a while and is about to give somebody rights.
 * Must not take a code twice, nor leave the old session beside the new one.
 * Called by web. Rule: sign-in 14. */
#ifndef SERVICE_SESSION_PROVE_H
#define SERVICE_SESSION_PROVE_H

#include "service/session/session.h"

/* A code anew (rules: sign-in 14): the session goes on in its role under a new id, proved now. One line.
 * Errors: E_INVALID for a wrong or used code; E_BUSY after too many of them; E_NO_SESSION. */
MUST_USE Err session_prove(Service *service, Id tenant, const SessionToken *token, Str code, SessionToken *ret_token);

#endif

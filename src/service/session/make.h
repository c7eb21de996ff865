/* Makes sessions: tokens, form secrets, grants.
 * Must not decide who may have one.
 * Called by the other parts of the session service. */
#ifndef SERVICE_SESSION_MAKE_H
#define SERVICE_SESSION_MAKE_H

#include "service/session/session.h"

/* A request of nobody yet: tenant, database, time, request id. Errors: E_NOT_FOUND (no such municipality). */
MUST_USE Err session_visitor(Service *service, Id tenant, Actor *ret_actor);
/* SHA-256 of the token: all that is stored of it. */
MUST_USE Err session_hash(const SessionToken *token, Hash *ret_hash);

/* A session on its way to the database. Do not copy: the row points into it. */
typedef struct NewSession {
    SessionRow row;
    SessionToken token;
    uint8_t form_secret[32];
} NewSession;

/* A session for this person that begins now, without a role, with a grant of its own that ends with it. Whoever fails to
 * store it ends the grant (keys_grant_end). */
MUST_USE Err session_make(Service *service, const Actor *visitor, Id person, NewSession *session);
/* The same session going on under another role: new token, new form secret, new grant; begins and ends as before. */
MUST_USE Err session_remake(Service *service, const Actor *actor, const SessionRow *old, const RoleChoice *choice,
                            NewSession *session);

#endif

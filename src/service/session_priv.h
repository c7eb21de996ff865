/* What the parts of the session service share: a request of which nobody is known yet, and a session being made.
 * Must not be included outside service/session_*.c.
 * Rules: 4-security "Sign-in and sessions". */
#ifndef SERVICE_SESSION_PRIV_H
#define SERVICE_SESSION_PRIV_H

#include "service/people_priv.h"
#include "service/session.h"

#define SESSION_ARENA ((size_t)256 << 10)

/* A request of nobody yet: tenant, database, time, request id. Errors: E_NOT_FOUND (no such municipality). */
MUST_USE Err session_visitor(Service *service, Id tenant, Actor *ret_actor);

/* SHA-256 of the token: all that is stored of it. */
MUST_USE Err session_hash(const SessionToken *token, Hash *ret_hash);

/* A session of this request: who acts, and its row. */
typedef struct Resumed {
    Actor actor;
    SessionRow row; /* its texts live in the arena */
} Resumed;
/* Errors: E_NO_SESSION. */
MUST_USE Err session_resumed(Service *service, Id tenant, const SessionToken *token, Arena *arena, Resumed *ret_resumed);
/* Ends the row of a session that goes on under a new id, in the same work. Of two that do so at once, or of one that does and one
 * that signs out, the second finds nothing to go on from. Errors: E_NO_SESSION. */
MUST_USE Err session_taken(Tx *tx, const SessionRow *row);
/* An old grant that cannot be ended now ends by itself with its session's eight hours. */
void session_end_grant(Service *service, Id grant);

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

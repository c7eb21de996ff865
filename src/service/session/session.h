/* Signing in, choosing a role, staying signed in, signing out; enrolment with a one-time code.
 * Must not tell whether a user name exists: same answer, same statements, same agent messages, same Argon2id work.
 * Called by web and api. Rules: sign-in 1-3, 9, 11, keys 11. */
#ifndef SERVICE_SESSION_SESSION_H
#define SERVICE_SESSION_SESSION_H

#include "service/service.h"

/* One role that a signed-in person may choose. Lives in the caller's arena. */
typedef struct RoleChoice {
    Id role_row;      /* none for guardian and child */
    enum Role role;
    Id unit;
    Str unit_name;
} RoleChoice;

typedef struct RoleChoices {
    const RoleChoice *items;
    uint32_t count;
} RoleChoices;

typedef struct SessionToken {
    uint8_t bytes[32]; /* 256 random bits; only their SHA-256 is stored */
} SessionToken;

/* Chooses (or changes) the session's role: new session id, new grant, one line. Errors: E_FORBIDDEN for a role not held. */
MUST_USE Err session_choose(Service *service, Id tenant, const SessionToken *token, const RoleChoice *choice,
                            SessionToken *ret_token);
/* The acting person of a request. Errors: E_NO_SESSION (unknown, idle too long, ended, role ended). */
MUST_USE Err session_resume(Service *service, Id tenant, const SessionToken *token, Actor *ret_actor);

/* The same by the hash of its token, for what was ordered in a session and is carried out while it goes on; it is not touched.
 * Errors: as above. */
MUST_USE Err session_of(Service *service, Id tenant, const Hash *hash, Actor *ret_actor);

/* Who acted in a session that was idle too long but has not come to its end: good for log_draft_keep and for nothing else.
 * A type of its own, so that it is not taken for an Actor by mistake. */
typedef struct IdleActor {
    Actor actor;
} IdleActor;

/* Errors: E_NO_SESSION for every other session: unknown, alive, ended, without a role, role ended. */
MUST_USE Err session_resume_idle(Service *service, Id tenant, const SessionToken *token, IdleActor *ret_actor);
/* Ends the session and its grant. One line. */
MUST_USE Err session_sign_out(Service *service, const Actor *actor);

#define SESSION_ARENA ((size_t)256 << 10)

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

/* Family roles have no row: taking part in a log is the role. A child's counts from when they are let in: kept out again they see the
 * stub, and may answer for themselves (rules: access 15). */
bool session_takes_part(const ParticipantRow *row, Role role, int64_t now);

#endif

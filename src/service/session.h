/* Signing in, choosing a role, staying signed in, signing out; enrolment with a one-time code.
 * Must not tell whether a user name exists: same answer, same statements, same agent messages, same Argon2id work.
 * Called by web and api. Rules: 4-security "Sign-in and sessions", settled 7-12. */
#ifndef SERVICE_SESSION_H
#define SERVICE_SESSION_H

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

/* Checks user name, password and TOTP code and opens a session without a role yet (choose one with session_choose).
 *   address   the client's address, for back-off only; kept in memory as a keyed hash.
 * Errors: E_NO_SESSION wrong user name, password or code (one answer for all); E_BUSY back-off or a full Argon2id
 * queue; E_SEALED, E_NO_AGENT. One audit line in each case but E_BUSY. */
MUST_USE Err session_sign_in(Service *service, Id tenant, Str user_name, Str password, Str code, Str address,
                             SessionToken *ret_token);

/* The people that a demo lets one become. */
typedef struct DemoChoice {
    Id person;
    Str name;
    enum Role role; /* one row for each role held */
    Str unit_name;
} DemoChoice;

/* In demo and test mode only: staff by role, and family. Errors: E_MODE in production. */
MUST_USE Err session_demo_people(Service *service, Id tenant, Arena *keep, const DemoChoice **ret_people, uint32_t *ret_count);

/* One click per person, in demo and test mode only. Errors: E_MODE in production, E_NOT_FOUND. */
MUST_USE Err session_sign_in_demo(Service *service, Id tenant, Id person, SessionToken *ret_token);

/* The roles in force now that this session's person may act in. */
MUST_USE Err session_roles(Service *service, Id tenant, const SessionToken *token, Arena *keep, RoleChoices *ret_roles);

/* Chooses (or changes) the session's role: new session id, new grant, one line. Errors: E_FORBIDDEN for a role not held. */
MUST_USE Err session_choose(Service *service, Id tenant, const SessionToken *token, const RoleChoice *choice,
                            SessionToken *ret_token);

/* The acting person of a request. Errors: E_NO_SESSION (unknown, idle too long, ended, role ended). */
MUST_USE Err session_resume(Service *service, Id tenant, const SessionToken *token, Actor *ret_actor);

/* A code anew (spec 4 "step-up"): the session goes on in its role under a new id, proved now. One line.
 * Errors: E_INVALID for a wrong or used code; E_BUSY after too many of them; E_NO_SESSION. */
MUST_USE Err session_prove(Service *service, Id tenant, const SessionToken *token, Str code, SessionToken *ret_token);

/* Who acted in a session that was idle too long but has not come to its end: good for log_draft_keep and for nothing else.
 * A type of its own, so that it is not taken for an Actor by mistake. */
typedef struct IdleActor {
    Actor actor;
} IdleActor;

/* Errors: E_NO_SESSION for every other session: unknown, alive, ended, without a role, role ended. */
MUST_USE Err session_resume_idle(Service *service, Id tenant, const SessionToken *token, IdleActor *ret_actor);

/* Ends the session and its grant. One line. */
MUST_USE Err session_sign_out(Service *service, const Actor *actor);

/* What enrolment hands out once. */
typedef struct EnrolmentStart {
    Str user_name_hint; /* work e-mail for staff, empty for family */
    uint8_t totp_secret[20]; /* follows from the code and this process's own key: the browser carries nothing */
} EnrolmentStart;

/* Everybody can type codes: an address that has typed many which are none must wait. may_try before each of the two below,
 * failed after E_NOT_FOUND from one of them. Errors: E_BUSY. */
MUST_USE Err session_enrolment_may_try(Service *service, Str address);
MUST_USE Err session_enrolment_failed(Service *service, Str address);

/* Enrolment, first page: is the code good? Errors: E_NOT_FOUND (unknown, used, older than 14 days: one answer). */
MUST_USE Err session_enrolment_begin(Service *service, Id tenant, Str code, Arena *keep, EnrolmentStart *ret_start);

/* Enrolment, second page: sets user name, password (15..128 code points, not on the blocklist) and TOTP, checks a first
 * code, uses the enrolment code up. Errors: E_NOT_FOUND as above; E_INVALID with *ret_field naming user_name, password
 * or code; E_DUPLICATE when the user name is taken. */
MUST_USE Err session_enrol(Service *service, Id tenant, Str code, Str user_name, Str password, Str totp_code,
                           Str *ret_field);

#endif

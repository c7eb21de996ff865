/* A code anew, from whoever has been signed in for a while and is about to give somebody rights.
 * Must not take a code twice, nor leave the old session beside the new one.
 * Called by web. Rule: sign-in 14. */
#include "service/session/prove.h"

#include "crypto/totp.h"
#include "domain/signin.h"
#include "service/people/person.h"
#include "service/session/make.h"

typedef struct Proof {
    Service *service;
    Resumed resumed;
    Arena *arena;
    PersonRow person;
    ScopeKeyRow scope;
    BackoffRow wait;  /* of the person: whoever fails at the door makes nobody wait here */
    int64_t step;
    NewSession session;
} Proof;

static Err look_up(Proof *proof)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Id person = proof->resumed.row.person;

    TRY(store_read(proof->resumed.actor.store, &tx));
    TRY(store_person_by_id(tx, person, proof->arena, &proof->person));
    TRY(store_scope(tx, person, proof->arena, &proof->scope));
    return store_backoff(tx, person, &proof->wait);
}

/* E_INVALID for a code that is not right; a demo's people have none. */
static Err check(Proof *proof, Str code)
{
    AUTO(key_wipe) Key scope = {0};
    AUTO(credentials_wipe) Credentials credentials = {0};
    const Actor *actor = &proof->resumed.actor;

    if (proof->person.secret.length == 0)
        return fail(E_INVALID);
    TRY(keys_unwrap(proof->service->keys, sign_in_key(actor->tenant, proof->person.id), proof->scope.wrapped, &scope));
    TRY(person_open_secret(&(OpenScope){proof->service, actor->tenant, &scope}, &proof->person, proof->arena, &credentials));
    Err checked = totp_check(credentials.totp_secret, code, actor->now, &proof->step);
    bool is_ours = checked.id == E_CRYPTO || checked.id == E_NO_MEMORY;
    return is_ok(checked) || is_ours ? checked : fail(E_INVALID);
}

static AuditLine line_of(const Proof *proof, enum audit_outcome outcome)
{
    AuditLine line = service_line(&proof->resumed.actor, ACT_SIGN_IN, OBJECT_PERSON, proof->person.id);

    line.outcome = outcome;
    return line;
}

static Err store_failure(Tx *tx, void *context)
{
    const Proof *proof = context;
    AuditLine line = line_of(proof, AUDIT_REFUSED);
    BackoffRow wait = {0};

    TRY(store_backoff(tx, proof->person.id, &wait));
    wait.key = proof->person.id;
    wait.failures += wait.failures < UINT32_MAX ? 1 : 0;
    wait.until_at = proof->resumed.actor.now + signin_wait(wait.failures);
    TRY(store_audit(tx, &line));
    return store_backoff_put(tx, &wait);
}

static Err store_proof(Tx *tx, void *context)
{
    const Proof *proof = context;
    AuditLine line = line_of(proof, AUDIT_ALLOWED);

    TRY(store_audit(tx, &line));
    TRY(store_person_totp_used(tx, proof->person.id, proof->step));
    TRY(store_backoff_clear(tx, proof->person.id));
    TRY(session_taken(tx, &proof->resumed.row));
    return store_session_insert(tx, &proof->session.row);
}

/* The session goes on in the same role, under a new token. */
static Err go_on(Proof *proof)
{
    const SessionRow *old = &proof->resumed.row;
    const RoleChoice same = {.role_row = old->role_row, .role = (Role)old->role, .unit = old->unit};

    TRY(session_remake(proof->service, &proof->resumed.actor, old, &same, &proof->session));
    proof->session.row.proved_at = proof->resumed.actor.now;
    Err stored = store_write(proof->resumed.actor.store, store_proof, proof);
    session_end_grant(proof->service, is_ok(stored) ? old->grant : proof->session.row.grant);
    return stored;
}

/* A code that was used before is a wrong code. */
static Err prove(Proof *proof, Str code)
{
    Err proved = check(proof, code);

    if (is_ok(proved))
        proved = go_on(proof);
    if (proved.id != E_INVALID && proved.id != E_REPLAYED)
        return proved;
    TRY(store_write(proof->resumed.actor.store, store_failure, proof));
    return fail(E_INVALID);
}

Err session_prove(Service *service, Id tenant, const SessionToken *token, Str code, SessionToken *ret_token)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Proof proof = {.service = service};

    TRY(arena_new(SESSION_ARENA, &arena));
    proof.arena = arena;
    TRY(session_resumed(service, tenant, token, arena, &proof.resumed));
    if (proof.resumed.row.role == ROLE_NONE)
        return fail(E_NO_SESSION);
    TRY(look_up(&proof));
    if (proof.resumed.actor.now < proof.wait.until_at)
        return fail(E_BUSY);
    TRY(prove(&proof, code));
    *ret_token = proof.session.token;
    return ok();
}

/* Signing in with user name, password and code.
 * Must not tell whether a user name exists: an unknown one goes the same way over the decoy, statement by statement.
 * Called by web and api. Rules: sign-in 2, 3, 9, keys 13, reading-and-writing 2. */
#include "service/session/sign_in.h"

#include "domain/signin.h"
#include "service/people/person.h"
#include "service/seal.h"
#include "service/session/gate.h"
#include "service/session/make.h"
#include "service/session/memory.h"

#define SIGN_IN_SOON_MS ((int64_t)10 * 1000)

/* What one attempt has found out. For an unknown user name the person is the decoy and secret stays empty. */
typedef struct Attempt {
    Actor actor; /* nobody yet */
    Arena *arena;
    Visit visit;
    Id account;  /* the user name's blind index: the key of its wait, whether it exists or not */
    PersonRow person;
    ScopeKeyRow scope;
    BackoffRow wait;
    Guest guest;
    int64_t step;
    bool right;
} Attempt;

/* The same three look-ups for every name. */
static Err look_up(Attempt *attempt, Str login_index)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(attempt->actor.store, &tx));
    Err found = store_person_by_login(tx, login_index, attempt->arena, &attempt->person);
    if (found.id == E_NOT_FOUND)
        attempt->person = (PersonRow){.id = people_decoy(), .version = 1};
    else
        TRY(found);
    TRY(store_scope(tx, attempt->person.id, attempt->arena, &attempt->scope));
    return store_backoff(tx, attempt->account, &attempt->wait);
}

static Err find(Service *service, Attempt *attempt)
{
    BlindIndex index = {0};

    TRY(keys_blind_index(service->keys, sign_in_index(attempt->actor.tenant), attempt->visit.user_name, &index));
    TRY(id_from_bytes(str_from_bytes(index.name, INDEX_BYTES), &attempt->account));
    return look_up(attempt, str_from_bytes(index.name, INDEX_BYTES));
}

/* Only what is wrong with us may be told apart; what is wrong with the typed is one answer. */
static Err ours(Err err, bool *ret_right)
{
    if (err.id == E_BUSY || err.id == E_CRYPTO || err.id == E_NO_MEMORY)
        return err;
    *ret_right = is_ok(err);
    return ok();
}

/* Both proofs are always computed, and the decoy's can never be right. */
static Err prove(Service *service, Attempt *attempt, Str password, Str code)
{
    AUTO(key_wipe) Key scope = {0};
    AUTO(credentials_wipe) Credentials credentials = {.password = *sessions_decoy(service->sessions)};
    bool known = attempt->person.secret.length > 0;
    bool password_right = false;
    bool code_right = false;

    TRY(keys_unwrap(service->keys, sign_in_key(attempt->actor.tenant, attempt->person.id), attempt->scope.wrapped, &scope));
    if (known)
        TRY(person_open_secret(&(OpenScope){service, attempt->actor.tenant, &scope},
                               &attempt->person, attempt->arena, &credentials));
    TRY(ours(password_verify(sessions_passwords(service->sessions), password, &credentials.password), &password_right));
    TRY(ours(totp_check(credentials.totp_secret, code, attempt->actor.now, &attempt->step), &code_right));
    attempt->right = known && password_right && code_right;
    return ok();
}

static AuditLine line_of(const Attempt *attempt, enum audit_outcome outcome)
{
    AuditLine line = service_line(&attempt->actor, ACT_SIGN_IN, OBJECT_PERSON, attempt->person.id);

    line.outcome = outcome;
    if (outcome == AUDIT_ALLOWED)
        line.person = attempt->person.id;
    return line;
}

/* Every line tells something; of a flood, one line tells how many there were. */
typedef struct Failure {
    Attempt *attempt;
    bool tells;
    uint32_t untold;
} Failure;

static Err store_failure(Tx *tx, void *context)
{
    const Failure *failure = context;
    Attempt *attempt = failure->attempt;
    AuditLine line = line_of(attempt, AUDIT_REFUSED);
    BackoffRow wait = {0};

    TRY(store_backoff(tx, attempt->account, &wait));
    wait.key = attempt->account;
    if (attempt->guest != GUEST_FAMILIAR) {
        wait.failures += wait.failures < UINT32_MAX ? 1 : 0;
        wait.until_at = attempt->actor.now + signin_wait(wait.failures);
    }
    line.amount = failure->untold;
    if (failure->tells)
        TRY(store_audit(tx, &line));
    attempt->wait = wait;
    return store_backoff_put(tx, &wait);
}

static Err refuse(Service *service, Attempt *attempt)
{
    Gate *gate = sessions_gate(service->sessions);
    Failure failure = {.attempt = attempt};

    failure.tells = gate_tells(gate, attempt->actor.tenant, attempt->actor.now, &failure.untold);
    TRY(store_write(attempt->actor.store, store_failure, &failure));
    TRY(gate_failed(gate, &attempt->visit, attempt->guest, attempt->wait.until_at));
    return fail(E_NO_SESSION);
}

typedef struct Success {
    const Attempt *attempt;
    const SessionRow *row;
} Success;

static Err store_success(Tx *tx, void *context)
{
    const Success *success = context;
    AuditLine line = line_of(success->attempt, AUDIT_ALLOWED);

    TRY(store_audit(tx, &line));
    TRY(store_person_totp_used(tx, success->attempt->person.id, success->attempt->step));
    TRY(store_backoff_clear(tx, success->attempt->account));
    return store_session_insert(tx, success->row);
}

/* A code that was used before is a wrong code. */
static Err begin(Service *service, Attempt *attempt, SessionToken *ret_token)
{
    NewSession session;
    Success success = {.attempt = attempt, .row = &session.row};

    TRY(session_make(service, &attempt->actor, attempt->person.id, &session));
    Err stored = store_write(attempt->actor.store, store_success, &success);
    if (is_ok(stored)) {
        *ret_token = session.token;
        return gate_passed(sessions_gate(service->sessions), &attempt->visit);
    }
    Err ended = keys_grant_end(service->keys, session.row.grant);
    (void)ended; /* it ends by itself */
    return stored.id == E_REPLAYED ? refuse(service, attempt) : stored;
}

/* What can be no name is as unknown as any other. */
static Err visit_of(const Attempt *attempt, const SignIn *typed, Visit *ret_visit)
{
    Visit visit = {.tenant = attempt->actor.tenant, .user_name = STR("-"), .address = typed->address,
                   .familiar = typed->familiar, .now = attempt->actor.now};
    Err made = people_user_name(typed->user_name, attempt->arena, &visit.user_name);

    if (made.id != E_INVALID)
        TRY(made);
    *ret_visit = visit;
    return ok();
}

/* Whoever fails elsewhere makes nobody wait who signs in from where they have done so before. */
static bool account_waits(const Attempt *attempt)
{
    return attempt->guest != GUEST_FAMILIAR && attempt->actor.now < attempt->wait.until_at;
}

static Err try_inside(Service *service, Attempt *attempt, const SignIn *typed, SessionToken *ret_token)
{
    TRY(find(service, attempt));
    /* Known to this process from here on: the next attempt is stopped at the gate. */
    if (account_waits(attempt)) {
        TRY(gate_failed(sessions_gate(service->sessions), &attempt->visit, attempt->guest, attempt->wait.until_at));
        return fail(E_BUSY);
    }
    TRY(prove(service, attempt, typed->password, typed->code));
    return attempt->right ? begin(service, attempt, ret_token) : refuse(service, attempt);
}

static Err attempt_of(Service *service, Id tenant, const SignIn *typed, Attempt *attempt)
{
    TRY(session_visitor(service, tenant, &attempt->actor));
    return visit_of(attempt, typed, &attempt->visit);
}

static Err try_once(Service *service, Attempt *attempt, const SignIn *typed, SessionToken *ret_token)
{
    Gate *gate = sessions_gate(service->sessions);

    TRY(gate_enter(gate, &attempt->visit, &attempt->guest));
    Err tried = try_inside(service, attempt, typed, ret_token);
    gate_leave(gate, attempt->guest);
    return tried;
}

Err session_sign_in(Service *service, Id tenant, const SignIn *typed, SessionToken *ret_token)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Attempt attempt = {0};

    TRY(arena_new(SESSION_ARENA, &arena));
    attempt.arena = arena;
    TRY(attempt_of(service, tenant, typed, &attempt));
    Err tried = try_once(service, &attempt, typed, ret_token);
    /* The agent gives no more for now: whoever comes is asked to come back, and nobody is told that they opened logs. */
    return tried.id == E_BUDGET ? fail(E_BUSY) : tried;
}

Err session_sign_in_until(Service *service, Id tenant, const SignIn *typed, int64_t *ret_until)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Attempt attempt = {0};
    int64_t until = 0;

    TRY(arena_new(SESSION_ARENA, &arena));
    attempt.arena = arena;
    TRY(attempt_of(service, tenant, typed, &attempt));
    TRY(gate_until(sessions_gate(service->sessions), &attempt.visit, &until));
    /* It is neither the visitor's failures nor the strangers' share: the queue is full, or the agent's minute is used up. */
    *ret_until = until > attempt.actor.now ? until : attempt.actor.now + SIGN_IN_SOON_MS;
    return ok();
}

Err session_familiar(Service *service, Id tenant, const SignIn *typed, Arena *keep, Str *ret_familiar)
{
    Attempt attempt = {.arena = keep};

    TRY(attempt_of(service, tenant, typed, &attempt));
    return gate_token(sessions_gate(service->sessions), &attempt.visit, keep, ret_familiar);
}

/* First sign-in: a one-time code becomes a user name, a password and an authenticator.
 * Must not store a secret before a first code of the authenticator was right, and must not tell codes apart.
 * Called by web and api. Rule: sign-in 3. */
#include "service/session/enrol.h"

#include <string.h>

#include "base/clean.h"
#include "domain/period.h"
#include "domain/signin.h"
#include "service/people/enrolment_code.h"
#include "service/people/person.h"
#include "service/seal.h"
#include "service/session/make.h"
#include "service/session/memory.h"

#define USER_NAME_MIN 3
#define USER_NAME_MAX 64

/* One enrolment under way: whose code it is, and the person's key open. */
typedef struct Enrolment {
    Actor actor; /* nobody yet */
    Arena *arena;
    Id code;
    Hash code_hash;
    PersonRow person;
    ScopeKeyRow scope;
    Key key;
    uint8_t totp_secret[TOTP_SECRET_BYTES];
    int64_t step;
    AuditLine line;
} Enrolment;

static void enrolment_wipe(Enrolment *enrolment)
{
    crypto_wipe(enrolment, sizeof *enrolment);
}

static Err find_person(Enrolment *enrolment)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    EnrolmentRow row = {0};

    TRY(store_read(enrolment->actor.store, &tx));
    TRY(store_enrolment_by_code(tx, &enrolment->code_hash, &row));
    if (row.used_at != 0 || period_has_ended((Period){.to_at = row.expires_at}, enrolment->actor.now))
        return fail(E_NOT_FOUND);
    TRY(store_person_by_id(tx, row.person, enrolment->arena, &enrolment->person));
    return store_scope(tx, row.person, enrolment->arena, &enrolment->scope);
}

static Err store_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

/* A code that is none leaves a line: somebody tries. */
static Err refuse(Enrolment *enrolment)
{
    AuditLine line = service_line(&enrolment->actor, ACT_ENROL, OBJECT_NONE, (Id){0});

    line.outcome = AUDIT_REFUSED;
    TRY(store_write(enrolment->actor.store, store_line, &line));
    return fail(E_NOT_FOUND);
}

static Err begin(Service *service, Id tenant, Str code, Enrolment *enrolment)
{
    TRY(session_visitor(service, tenant, &enrolment->actor));
    Err found = enrolment_code_read(code, enrolment->arena, &enrolment->code);
    if (is_ok(found))
        found = enrolment_code_hash(enrolment->code, &enrolment->code_hash);
    if (is_ok(found))
        found = find_person(enrolment);
    if (found.id == E_NOT_FOUND)
        return refuse(enrolment);
    TRY(found);
    TRY(keys_unwrap(service->keys, sign_in_key(tenant, enrolment->person.id), enrolment->scope.wrapped, &enrolment->key));
    return sessions_totp_secret(service->sessions, enrolment->code, enrolment->totp_secret);
}

Err session_enrolment_may_try(Service *service, Str address)
{
    int64_t now = 0;

    TRY(world_now(service->world, &now));
    return sessions_address_check(service->sessions, address, now);
}

Err session_enrolment_failed(Service *service, Str address)
{
    int64_t now = 0;

    TRY(world_now(service->world, &now));
    return sessions_address_failed(service->sessions, address, now);
}

Err session_enrolment_begin(Service *service, Id tenant, Str code, Arena *keep, EnrolmentStart *ret_start)
{
    AUTO(enrolment_wipe) Enrolment enrolment = {.arena = keep};
    EnrolmentStart start = {0};
    Values values;

    TRY(begin(service, tenant, code, &enrolment));
    TRY(person_open(&(OpenScope){service, tenant, &enrolment.key}, &enrolment.person, keep, &values));
    if (values.kind->id == KIND_STAFF_PERSON)
        start.user_name_hint = values_at(&values, STAFF_PERSON_EMAIL);
    memcpy(start.totp_secret, enrolment.totp_secret, sizeof start.totp_secret);
    *ret_start = start;
    return ok();
}

static bool user_name_good(Str name)
{
    return name.length >= USER_NAME_MIN && name.length <= USER_NAME_MAX;
}

static Err invalid(const char *field, Str *ret_field)
{
    *ret_field = str_from_c(field);
    return fail(E_INVALID);
}

static Err check_typed(Enrolment *enrolment, Str user_name, Str password, Str totp_code, Str *ret_field)
{
    if (!user_name_good(user_name))
        return invalid("user_name", ret_field);
    if (!signin_password_good(password, user_name))
        return invalid("password", ret_field);
    Err checked = totp_check(enrolment->totp_secret, totp_code, enrolment->actor.now, &enrolment->step);
    if (checked.id == E_MALFORMED || checked.id == E_NO_SESSION)
        return invalid("code", ret_field);
    return checked;
}

/* The row's version is part of what seals it, so both sealed columns are made anew for the next one. */
static Err reseal(Service *service, Enrolment *enrolment, Str password)
{
    AUTO(credentials_wipe) Credentials credentials = {0};
    PersonRow *person = &enrolment->person;
    Id tenant = enrolment->actor.tenant;
    Values values;

    TRY(password_hash(sessions_passwords(service->sessions), password, &credentials.password));
    memcpy(credentials.totp_secret, enrolment->totp_secret, TOTP_SECRET_BYTES);
    TRY(person_open(&(OpenScope){service, tenant, &enrolment->key}, person, enrolment->arena, &values));
    TRY(person_seal(&(OpenScope){service, tenant, &enrolment->key}, (RowVersion){person->id, person->version + 1},
                    &values, enrolment->arena, &person->sealed));
    return person_seal_secret(&(OpenScope){service, tenant, &enrolment->key},
                              (RowVersion){person->id, person->version + 1}, &credentials, enrolment->arena, &person->secret);
}

/* A name that is the e-mail of somebody else who was appointed or imported is theirs. */
static Err name_is_free(Tx *tx, const PersonRow *person, Arena *scratch)
{
    ScopeKeyRows rows = {0};

    TRY(store_scopes_by_index(tx, person->login_index, scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        if (!id_equal(rows.items[i].scope, person->id))
            return fail(E_DUPLICATE);
    return ok();
}

static Err store_enrolled(Tx *tx, void *context)
{
    const Enrolment *enrolment = context;

    TRY(store_audit(tx, &enrolment->line));
    TRY(store_enrolment_use(tx, &enrolment->code_hash, enrolment->actor.now));
    TRY(store_person_update(tx, &enrolment->person));
    TRY(store_person_totp_used(tx, enrolment->person.id, enrolment->step));
    TRY(name_is_free(tx, &enrolment->person, enrolment->arena));
    return store_sessions_delete_of_person(tx, enrolment->person.id);
}

static Err store_all(Service *service, Enrolment *enrolment, Str user_name)
{
    uint8_t index[INDEX_BYTES];

    /* It signs in by this name; it is found by what its registrar typed, and never by this (rules: sign-in 1). */
    TRY(keys_blind_index(service->keys, sign_in_index(enrolment->actor.tenant), user_name, index));
    enrolment->person.login_index = str_from_bytes(index, INDEX_BYTES);
    enrolment->line = service_line(&enrolment->actor, ACT_ENROL, OBJECT_PERSON, enrolment->person.id);
    enrolment->line.person = enrolment->person.id;
    Err stored = store_write(enrolment->actor.store, store_enrolled, enrolment);
    return stored.id == E_REPLAYED ? fail(E_NOT_FOUND) : stored;
}

Err session_enrol(Service *service, Id tenant, const Enrolling *typed, Str *ret_field)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(enrolment_wipe) Enrolment enrolment = {0};
    Str name = STR_NONE, password = STR_NONE;

    TRY(arena_new(SESSION_ARENA, &arena));
    enrolment.arena = arena;
    TRY(begin(service, tenant, typed->enrolment, &enrolment));
    Err named = people_user_name(typed->user_name, arena, &name);
    if (named.id == E_INVALID)
        return invalid("user_name", ret_field);
    TRY(named);
    if (!is_ok(text_nfc(typed->password, arena, &password)))
        return invalid("password", ret_field);
    TRY(check_typed(&enrolment, name, password, typed->code, ret_field));
    TRY(reseal(service, &enrolment, password));
    return store_all(service, &enrolment, name);
}

/* First sign-in: a one-time code becomes a user name, a password and an authenticator.
 * Must not store a secret before a first code of the authenticator was right, and must not tell codes apart.
 * Called by web and api. Rule: sign-in 3. */
#include "service/session/enrol.h"

#include <string.h>

#include "base/clean.h"
#include "domain/clocks.h"
#include "domain/period.h"
#include "domain/signin.h"
#include "service/people/enrolment_code.h"
#include "service/people/person.h"
#include "service/seal.h"
#include "service/session/gate.h"
#include "service/session/make.h"
#include "service/session/memory.h"

#define USER_NAME_MIN 3
#define USER_NAME_MAX 64

/* One enrolment under way: whose code it is, and the person's key open. */
typedef struct Enrolment {
    Actor actor; /* nobody yet */
    Arena *arena;
    EnrolmentCodes codes;
    ScopeIndex named; /* where a scope would be found by the name that was typed */
    uint32_t worth; /* how many of the person's rights the codes are worth */
    bool anew;      /* somebody has enrolled before */
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

/* A code that is there, unused and not too old. */
static Err find_code(Tx *tx, Id secret, int64_t now, EnrolmentRow *ret_row)
{
    EnrolmentRow row = {0};
    Hash hash;

    TRY(enrolment_code_hash(secret, &hash));
    TRY(store_enrolment_by_code(tx, &hash, &row));
    if (row.used_at != 0 || period_has_ended((Period){.to_at = row.expires_at}, now))
        return fail(E_NOT_FOUND);
    *ret_row = row;
    return ok();
}

#define SAME_TIME_MS INT64_C(60000) /* a request's time is that of its beginning: what was made in this time is let be */

/* Enrolling ends every code that is out. One that was made before the account was taken into use last is a row that somebody has put
 * back with the proof it had. */
static Err is_not_outlived(Tx *tx, const EnrolmentRow *code, Arena *scratch)
{
    AuditRows lines = {0};

    TRY(store_audit_enrolments(tx, code->person, scratch, &lines));
    for (uint32_t i = 0; i < lines.count; i++) {
        if (lines.items[i].line.outcome != AUDIT_ALLOWED)
            continue;
        int64_t due = clock_due(CLOCK_CODE_END, lines.items[i].line.at - SAME_TIME_MS, NULL);
        return period_has_ended((Period){.to_at = code->expires_at}, due) ? fail(E_NOT_FOUND) : ok();
    }
    return ok();
}

/* All codes are of one person. One that is worth nothing is told apart at the end only, and for an account that somebody uses:
 * else whoever holds a slip would learn from it whether there is one. */
static Err find_person(Enrolment *enrolment)
{
    const EnrolmentCodes *codes = &enrolment->codes;
    const int64_t now = enrolment->actor.now;
    AUTO(store_read_endp) Tx *tx = NULL;
    EnrolmentRow first = {0};
    Rights rights = {0};

    TRY(store_read(enrolment->actor.store, &tx));
    TRY(find_code(tx, codes->secrets[0], now, &first));
    for (uint32_t i = 1; i < codes->count; i++) {
        EnrolmentRow row = {0};
        TRY(find_code(tx, codes->secrets[i], now, &row));
        if (!id_equal(row.person, first.person))
            return fail(E_NOT_FOUND);
        TRY(is_not_outlived(tx, &row, enrolment->arena));
    }
    TRY(store_person_by_id(tx, first.person, enrolment->arena, &enrolment->person));
    enrolment->anew = enrolment->person.login_index.length > 0;
    if (enrolment->anew)
        TRY(is_not_outlived(tx, &first, enrolment->arena));
    TRY(rights_of(tx, first.person, now, enrolment->arena, &rights));
    TRY(enrolment_codes_worth(tx, codes, &rights, now, &enrolment->worth));
    if (enrolment->worth == 0 && !enrolment->anew)
        return fail(E_NOT_FOUND);
    return store_scope(tx, first.person, enrolment->arena, &enrolment->scope);
}

static Err store_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

/* A code that is none leaves a line: somebody tries. Of a flood, one line tells how many there were. */
static Err refuse(Service *service, Enrolment *enrolment)
{
    const Actor *actor = &enrolment->actor;
    AuditLine line = service_line(actor, ACT_ENROL, OBJECT_NONE, (Id){0});

    line.outcome = AUDIT_REFUSED;
    if (gate_tells(sessions_gate(service->sessions), actor->tenant, actor->now, &line.amount))
        TRY(store_write(actor->store, store_line, &line));
    return fail(E_NOT_FOUND);
}

static Err begin(Service *service, Id tenant, Str code, Enrolment *enrolment)
{
    TRY(session_visitor(service, tenant, &enrolment->actor));
    Err found = enrolment_codes_read(code, enrolment->arena, &enrolment->codes);
    if (is_ok(found))
        found = find_person(enrolment);
    if (found.id == E_NOT_FOUND)
        return refuse(service, enrolment);
    TRY(found);
    TRY(keys_unwrap(service->keys, sign_in_key(tenant, enrolment->person.id), enrolment->scope.wrapped, &enrolment->key));
    return sessions_totp_secret(service->sessions, enrolment->codes.secrets[0], enrolment->totp_secret);
}

Err session_enrolment_until(Service *service, Str address, int64_t *ret_until)
{
    int64_t now = 0;

    TRY(world_now(service->world, &now));
    return gate_address_until(sessions_gate(service->sessions), address, now, ret_until);
}

Err session_enrolment_may_try(Service *service, Str address)
{
    int64_t now = 0, until = 0;

    TRY(world_now(service->world, &now));
    TRY(gate_address_until(sessions_gate(service->sessions), address, now, &until));
    return now < until ? fail(E_BUSY) : ok();
}

Err session_enrolment_failed(Service *service, Str address)
{
    int64_t now = 0;

    TRY(world_now(service->world, &now));
    return gate_address_failed(sessions_gate(service->sessions), address, now);
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

/* A name that is an e-mail address is its owner's, also when nobody has appointed them yet: it must stand in this account.
 * Errors: E_INVALID. */
static Err is_nobody_elses(Service *service, Enrolment *enrolment, Str user_name)
{
    Str email = STR_NONE;
    Values values;

    if (memchr(user_name.data, '@', user_name.length) == NULL)
        return ok();
    TRY(person_open(&(OpenScope){service, enrolment->actor.tenant, &enrolment->key}, &enrolment->person, enrolment->arena, &values));
    if (values.kind->id == KIND_STAFF_PERSON)
        TRY(people_user_name(values_at(&values, STAFF_PERSON_EMAIL), enrolment->arena, &email));
    return str_equal(email, user_name) ? ok() : fail(E_INVALID);
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
static Err name_is_free(Tx *tx, const PersonRow *person, const ScopeIndex *index, Arena *scratch)
{
    ScopeKeyRows rows = {0};

    TRY(store_scopes_by_index(tx, index, scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        if (!id_equal(rows.items[i].scope, person->id))
            return fail(E_DUPLICATE);
    return ok();
}

static Err use_codes(Tx *tx, const Enrolment *enrolment)
{
    for (uint32_t i = 0; i < enrolment->codes.count; i++) {
        Hash hash;
        TRY(enrolment_code_hash(enrolment->codes.secrets[i], &hash));
        TRY(store_enrolment_use(tx, &hash, enrolment->actor.now));
    }
    return ok();
}

/* What the person may do now is what the codes were made for, and nothing beyond. Errors: E_FORBIDDEN. */
static Err codes_are_enough(Tx *tx, Enrolment *enrolment)
{
    Rights rights = {0};

    TRY(rights_of(tx, enrolment->person.id, enrolment->actor.now, enrolment->arena, &rights));
    TRY(enrolment_codes_worth(tx, &enrolment->codes, &rights, enrolment->actor.now, &enrolment->worth));
    return enrolment->worth > 0 && enrolment->worth == rights.count ? ok() : fail(E_FORBIDDEN);
}

/* Whether the codes are enough is asked last: what is wrong with the typed is told first, whoever has an account. */
static Err store_enrolled(Tx *tx, void *context)
{
    Enrolment *enrolment = context;

    TRY(store_audit(tx, &enrolment->line));
    TRY(store_person_update(tx, &enrolment->person));
    TRY(name_is_free(tx, &enrolment->person, &enrolment->named, enrolment->arena));
    TRY(codes_are_enough(tx, enrolment));
    TRY(store_person_totp_used(tx, enrolment->person.id, enrolment->step));
    TRY(use_codes(tx, enrolment));
    TRY(store_enrolments_delete_of_person(tx, enrolment->person.id));
    return store_sessions_delete_of_person(tx, enrolment->person.id);
}

static Err refuse_codes(Enrolment *enrolment, Str *ret_field)
{
    AuditLine line = service_line(&enrolment->actor, ACT_ENROL, OBJECT_PERSON, enrolment->person.id);

    line.outcome = AUDIT_REFUSED;
    TRY(store_write(enrolment->actor.store, store_line, &line));
    *ret_field = STR("enrolment");
    return fail(enrolment->worth == 0 ? E_DUPLICATE : E_INVALID);
}

static Err store_all(Service *service, Enrolment *enrolment, Str user_name, Str *ret_field)
{
    BlindIndex index = {0};

    /* It signs in by this name; it is found by what its registrar typed, and never by this (rules: sign-in 1). */
    TRY(keys_blind_index(service->keys, sign_in_index(enrolment->actor.tenant), user_name, &index));
    enrolment->named = scope_index_of(&index);
    enrolment->person.login_index = str_from_bytes(index.name, INDEX_BYTES);
    enrolment->line = service_line(&enrolment->actor, ACT_ENROL, OBJECT_PERSON, enrolment->person.id);
    enrolment->line.person = enrolment->person.id;
    enrolment->line.reason = enrolment->anew ? ENROLMENT_ANEW : ENROLMENT_FIRST;
    Err stored = store_write(enrolment->actor.store, store_enrolled, enrolment);
    if (stored.id == E_FORBIDDEN)
        return refuse_codes(enrolment, ret_field);
    if (stored.id == E_DUPLICATE)
        *ret_field = STR("user_name");
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
    if (is_ok(named))
        named = is_nobody_elses(service, &enrolment, name);
    if (named.id == E_INVALID)
        return invalid("user_name", ret_field);
    TRY(named);
    if (!is_ok(text_nfc(typed->password, arena, &password)))
        return invalid("password", ret_field);
    TRY(check_typed(&enrolment, name, password, typed->code, ret_field));
    TRY(reseal(service, &enrolment, password));
    return store_all(service, &enrolment, name, ret_field);
}

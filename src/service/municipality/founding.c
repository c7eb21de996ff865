/* Makes a municipality in steps of which each may be repeated: host row, keys, database, register and administrator.
 * Must not show it in the list before all of it is there, nor overwrite anything that is.
 * Called by cli and tests. */
#include "service/municipality/founding.h"

#include "base/clean.h"
#include "service/heads.h"
#include "service/municipality.h"
#include "service/people/person.h"
#include "service/seal.h"

#define NAME_MAX_POINTS 120
#define GRANT_MS ((int64_t)60 * 1000)
#define CREATE_ARENA ((size_t)256 << 10)

/* The three keys that every municipality begins with. */
enum { SCOPE_OF_REGISTER, SCOPE_OF_DECOY, SCOPE_OF_ADMIN, FIRST_SCOPES };

typedef struct Making {
    Actor actor; /* the system: an operator's command, on behalf of no person of the municipality */
    Arena *arena;
    MunicipalityRow row;
    WrappedKey wrapped[FIRST_SCOPES];
    ScopeKeyRow scopes[FIRST_SCOPES];
    bool made_before; /* register and administrator are there: only the code is new */
    PersonRow person;
    RoleRow role;
    EnrolmentRow enrolment;
    EnrolmentCode code;
} Making;

/* Its name as every other text that comes in. */
static Err check(const NewMunicipality *municipality, Arena *keep, Str *ret_name)
{
    CleanFault fault = CLEAN_FINE;
    int64_t number = 0;

    if (municipality->number.length != 4 || !municipality->person || municipality->person->kind->id != KIND_STAFF_PERSON)
        return fail(E_RANGE);
    if (!is_ok(num_parse(municipality->number, 0, 9999, &number)))
        return fail(E_RANGE);
    TRY(text_clean(municipality->name, false, keep, &fault, ret_name));
    return fault != CLEAN_FINE || ret_name->length == 0 || utf8_length(*ret_name) > NAME_MAX_POINTS ? fail(E_RANGE) : ok();
}

static AuditLine line_of(const Making *making)
{
    return service_line(&making->actor, ACT_MUNICIPALITY_CREATE, OBJECT_MUNICIPALITY, making->row.id);
}

static Err store_begun(Tx *tx, void *context)
{
    const Making *making = context;
    AuditLine line = line_of(making);

    TRY(store_audit(tx, &line));
    return store_municipality_insert(tx, &making->row);
}

static Err find_begun(Making *making, Store *host, Str number)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(host, &tx));
    return store_municipality_by_number(tx, number, making->arena, &making->row);
}

/* One that was begun and never finished goes on under the id it has. */
static Err begin(Service *service, Making *making, const NewMunicipality *municipality)
{
    Store *host = store_host(service->stores);
    Str name = making->row.name;
    Err found = find_begun(making, host, municipality->number);

    if (is_ok(found))
        return making->row.state == MUNICIPALITY_BEGUN ? ok() : fail(E_DUPLICATE);
    if (found.id != E_NOT_FOUND)
        return found;
    making->row = (MunicipalityRow){.number = municipality->number, .name = name,
                                    .state = MUNICIPALITY_BEGUN, .created_at = making->actor.now, .version = 1};
    TRY(world_id(service->world, &making->row.id));
    return store_write(host, store_begun, making);
}

static Err unless_there(Err err)
{
    return err.id == E_DUPLICATE ? ok() : err;
}

/* An administrator who stands there from an attempt before gets a new code: the first one was never shown. */
static Err find_made(Making *making)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ScopeKeyRow row = {0};
    RoleRows admins = {0};

    TRY(store_read(making->actor.store, &tx));
    Err found = store_scope(tx, people_register_scope(), making->arena, &row);
    if (found.id == E_NOT_FOUND)
        return ok();
    TRY(found);
    TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, making->actor.now, making->arena, &admins));
    if (admins.count == 0)
        return fail(E_INTERNAL);
    making->made_before = true;
    making->person.id = admins.items[0].person;
    return ok();
}

/* One of the scopes that a municipality begins with. */
typedef struct FirstScope {
    int which;
    ScopeKind kind;
    Id scope;
    Str email;   /* by which it is found again, or empty */
} FirstScope;

static Err new_scope(Service *service, Making *making, FirstScope is, Key *ret_key)
{
    WrappedKey *wrapped = &making->wrapped[is.which];

    TRY(keys_scope_new(service->keys, actor_key(&making->actor, PURPOSE_WRITE, is.kind, is.scope),
                       indexed_by(INDEX_EMAIL, is.email), wrapped, ret_key));
    making->scopes[is.which] = scope_row(is.kind, is.scope, wrapped, 1);
    return ok();
}

static Err make_rows(Service *service, Making *making, const Values *values)
{
    AUTO(key_wipe) Key key = {0};
    Str email = STR_NONE;
    PersonRow *person = &making->person;

    TRY(people_user_name(values_at(values, STAFF_PERSON_EMAIL), making->arena, &email));
    *person = (PersonRow){.version = 1, .created_at = making->actor.now};
    TRY(world_id(service->world, &person->id));
    TRY(new_scope(service, making, (FirstScope){SCOPE_OF_REGISTER, SCOPE_REGISTER, people_register_scope(), STR_NONE}, &key));
    TRY(new_scope(service, making, (FirstScope){SCOPE_OF_DECOY, SCOPE_PERSON, people_decoy(), STR_NONE}, &key));
    TRY(new_scope(service, making, (FirstScope){SCOPE_OF_ADMIN, SCOPE_PERSON, person->id, email}, &key));
    TRY(person_seal(&(OpenScope){service, making->actor.tenant, &key}, (RowVersion){person->id, person->version},
                    values, making->arena, &person->sealed));
    making->role = (RoleRow){.person = person->id, .role = ROLE_MUNICIPALITY_ADMIN, .from_at = making->actor.now};
    return world_id(service->world, &making->role.id);
}

static Err put_code(Tx *tx, const Making *making)
{
    return enrolment_code_put(tx, &(Giver){.actor = &making->actor}, &making->code, &making->enrolment, making->arena);
}

static Err store_made(Tx *tx, void *context)
{
    const Making *making = context;
    AuditLine line = line_of(making);

    TRY(store_audit(tx, &line));
    if (making->made_before)
        return put_code(tx, making);
    for (int i = 0; i < FIRST_SCOPES; i++)
        TRY(store_scope_insert(tx, &making->scopes[i]));
    TRY(store_person_insert(tx, &making->person));
    TRY(store_role_insert(tx, &making->role));
    return put_code(tx, making);
}

static Err make_under_grant(Service *service, Making *making, const Values *values)
{
    TRY(find_made(making));
    if (!making->made_before)
        TRY(make_rows(service, making, values));
    TRY(enrolment_code_new(service, (EnrolmentWish){making->person.id, making->actor.now}, making->arena, &making->code,
                           &making->enrolment));
    return store_write(making->actor.store, store_made, making);
}

static Err fill(Service *service, Making *making, const Values *values)
{
    Actor *actor = &making->actor;

    actor->tenant = making->row.id;
    TRY(unless_there(keys_municipality_new(service->keys, actor->tenant)));
    TRY(unless_there(stores_create(service->stores, actor->tenant)));
    TRY(store_of(service->stores, actor->tenant, &actor->store));
    TRY(heads_grant(service, (GrantWish){.tenant = actor->tenant, .ends_at = actor->now + GRANT_MS}, &actor->grant));
    Err made = make_under_grant(service, making, values);
    Err ended = keys_grant_end(service->keys, actor->grant);
    return is_ok(made) ? ended : made;
}

static Err store_in_use(Tx *tx, void *context)
{
    const Making *making = context;
    MunicipalityRow row = making->row;
    AuditLine line = line_of(making);

    row.state = MUNICIPALITY_IN_USE;
    TRY(store_audit(tx, &line));
    return store_municipality_update(tx, &row);
}

Err municipality_create(Service *service, const NewMunicipality *municipality, Id *ret_tenant, EnrolmentCode *ret_code)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Making making = {0};

    TRY(arena_new(CREATE_ARENA, &arena));
    making.arena = arena;
    TRY(check(municipality, arena, &making.row.name));
    making.actor.person = municipality->by;
    TRY(world_now(service->world, &making.actor.now));
    TRY(world_id(service->world, &making.actor.request));
    TRY(begin(service, &making, municipality));
    TRY(fill(service, &making, municipality->person));
    TRY(store_write(store_host(service->stores), store_in_use, &making));
    *ret_tenant = making.row.id;
    *ret_code = making.code;
    return ok();
}

/* Appointment: a role for a person who is here already, or for a new one with a one-time code.
 * Must not make a person twice, let anybody appoint themselves, nor give a role outside the appointer's own unit.
 * Called by web and api. Rules: access 24, sign-in 1, 3. */
#include "service/people/appoint.h"

#include "domain/period.h"
#include "domain/signin.h"
#include "service/people/found.h"
#include "service/people/office.h"
#include "service/people/person.h"
#include "service/seal.h"

#define PEOPLE_ARENA ((size_t)4 << 20)

#define APPOINT_TRIES 8

typedef struct Appointing {
    const Actor *actor;
    Arena *arena;
    Str name, email;
    PersonsFound found; /* by the e-mail */
    bool known;
    PersonRow person;
    WrappedKey wrapped;
    ScopeKeyRow scope;
    RoleRow role;
    EnrolmentRow enrolment;
    EnrolmentCode code;
    AuditLine line;
} Appointing;

/* Managers and administrators are appointed by the municipality, all others by the manager of the unit. */
Act people_act_of(Role role)
{
    return role == ROLE_ORG_MANAGER || role == ROLE_MUNICIPALITY_ADMIN ? ACT_STAFF_APPOINT_MANAGER : ACT_STAFF_APPOINT;
}

Relation people_relation(const Actor *actor, Id unit)
{
    if (actor->role == ROLE_MUNICIPALITY_ADMIN)
        return RELATION_MUNICIPALITY;
    return !id_is_none(unit) && id_equal(actor->unit, unit) ? RELATION_UNIT : RELATION_NONE;
}

static Why decide(const Actor *actor, const Appointment *appointment, Flags flags)
{
    Role role = appointment->role;

    if (role != ROLE_MUNICIPALITY_ADMIN && role != ROLE_ORG_MANAGER && role != ROLE_RELAY_HOLDER && role != ROLE_ACTOR)
        return WHY_ROLE;
    return policy_decide((Ask){.act = people_act_of(role), .role = actor->role,
                               .relation = people_relation(actor, appointment->unit), .flags = flags});
}

static Err check(const Appointment *appointment)
{
    bool whole = appointment->role == ROLE_MUNICIPALITY_ADMIN;

    if (!period_is_whole(PERIOD_OF(appointment)))
        return fail(E_RANGE);
    if (appointment->person->kind->id != KIND_STAFF_PERSON || values_at(appointment->person, STAFF_PERSON_NAME).length == 0 ||
        values_at(appointment->person, STAFF_PERSON_EMAIL).length == 0)
        return fail(E_INVALID);
    return id_is_none(appointment->unit) == whole ? ok() : fail(E_INVALID);
}

static Err unit_is_open(const Actor *actor, Id unit, Arena *scratch)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    UnitRow row = {0};

    if (id_is_none(unit))
        return ok();
    TRY(store_read(actor->store, &tx));
    TRY(store_unit_by_id(tx, unit, scratch, &row));
    return row.closed_at == 0 ? ok() : fail(E_INVALID);
}

/* Nobody, or one who is here and called so. Errors: E_DUPLICATE. */
static Err find_person(Service *service, Appointing *work)
{
    const PersonWanted wanted = {.service = service, .actor = work->actor, .by = {INDEX_EMAIL, work->email},
                                 .purpose = PURPOSE_READ, .keep = work->arena};
    const PersonRow *person = NULL;

    TRY(persons_find(&wanted, &work->found));
    TRY(persons_meant(&work->found, work->name, work->arena, &person));
    work->known = person != NULL;
    if (person)
        work->person = *person;
    return ok();
}

static Err make_person(Service *service, Appointing *work, const Values *values)
{
    AUTO(key_wipe) Key key = {0};
    const Actor *actor = work->actor;
    PersonRow *person = &work->person;

    *person = (PersonRow){.version = 1, .created_at = actor->now};
    TRY(world_id(service->world, &person->id));
    TRY(keys_scope_new(service->keys, actor_key(actor, PURPOSE_WRITE, SCOPE_PERSON, person->id),
                       (IndexedBy){INDEX_EMAIL, work->email}, &work->wrapped, &key));
    work->scope = scope_row(SCOPE_PERSON, person->id, &work->wrapped, 1);
    return person_seal(&(OpenScope){service, actor->tenant, &key}, (RowVersion){person->id, person->version}, values, work->arena,
                       &person->sealed);
}

static Err store_appointment(Tx *tx, void *context)
{
    const Appointing *work = context;

    TRY(office_holds(tx, work->actor));
    TRY(store_audit(tx, &work->line));
    TRY(persons_still_found(tx, &work->found, work->known ? &work->person : NULL, work->arena));
    TRY(role_is_new(tx, &work->role, work->arena));
    if (!work->known) {
        TRY(store_scope_insert(tx, &work->scope));
        TRY(store_person_insert(tx, &work->person));
    }
    TRY(store_role_insert(tx, &work->role));
    if (work->person.login_index.length > 0)
        return ok();
    return enrolment_code_put(tx, &(Giver){.actor = work->actor}, &work->code, &work->enrolment, work->arena);
}

static Err appoint(Service *service, Appointing *work, const Appointment *appointment)
{
    const Actor *actor = work->actor;

    if (!work->known)
        TRY(make_person(service, work, appointment->person));
    if (work->person.login_index.length == 0)
        TRY(enrolment_code_new(service, (EnrolmentWish){work->person.id, actor->now}, work->arena, &work->code, &work->enrolment));
    work->role = (RoleRow){.person = work->person.id, .role = (uint8_t)appointment->role, .unit = appointment->unit,
                           .from_at = appointment->from_at, .to_at = appointment->to_at, .appointed_by = actor->person};
    TRY(world_id(service->world, &work->role.id));
    work->line = service_line(actor, people_act_of(appointment->role), OBJECT_PERSON, work->person.id);
    return service_write(actor, store_appointment, work);
}

static Err find_and_appoint(Service *service, Appointing *work, const Appointment *appointment)
{
    const Actor *actor = work->actor;

    work->code = (EnrolmentCode){.text = ""};
    TRY(find_person(service, work));
    if (work->known && id_equal(work->person.id, actor->person))
        return service_refuse(actor, people_act_of(appointment->role), OBJECT_PERSON, actor->person,
                              decide(actor, appointment, FLAG_SELF));
    return appoint(service, work, appointment);
}

Err people_appoint(Service *service, const Actor *actor, const Appointment *appointment, Id *ret_person,
                   EnrolmentCode *ret_code)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Appointing work = {.actor = actor};
    Act act = people_act_of(appointment->role);
    Why why = decide(actor, appointment, 0);

    if (why != WHY_ALLOWED)
        return service_refuse(actor, act, OBJECT_UNIT, appointment->unit, why);
    TRY(service_proved(actor, act));
    TRY(check(appointment));
    TRY(arena_new(PEOPLE_ARENA, &arena));
    work.arena = arena;
    TRY(unit_is_open(actor, appointment->unit, arena));
    work.name = values_at(appointment->person, STAFF_PERSON_NAME);
    TRY(people_user_name(values_at(appointment->person, STAFF_PERSON_EMAIL), arena, &work.email));
    Err done = find_and_appoint(service, &work, appointment);
    for (int i = 1; i < APPOINT_TRIES && done.id == E_STALE; i++)
        done = find_and_appoint(service, &work, appointment);
    TRY(done);
    *ret_person = work.person.id;
    *ret_code = work.code;
    return ok();
}

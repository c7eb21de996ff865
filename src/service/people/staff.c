/* Staff of a unit or of the municipality, and the end of a role.
 * Must not show a name before its line is durable.
 * Called by web and api. */
#include "service/people/staff.h"

#include "domain/signin.h"
#include "service/people/found.h"
#include "service/people/person.h"

static Relation relation_of(const Actor *actor, Id unit)
{
    if (actor->role == ROLE_ORG_MANAGER)
        return !id_is_none(unit) && id_equal(actor->unit, unit) ? RELATION_UNIT : RELATION_NONE;
    return RELATION_MUNICIPALITY;
}

static Err read_managers(Tx *tx, const Actor *actor, Arena *keep, RoleRows *ret_rows)
{
    RoleRows managers = {0}, administrators = {0};
    RoleRow *items = NULL;

    TRY(store_roles_held(tx, ROLE_ORG_MANAGER, actor->now, keep, &managers));
    TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, actor->now, keep, &administrators));
    TRY(ARENA_NEW(keep, RoleRow, (size_t)managers.count + administrators.count + 1, &items));
    for (uint32_t i = 0; i < managers.count; i++)
        items[i] = managers.items[i];
    for (uint32_t i = 0; i < administrators.count; i++)
        items[managers.count + i] = administrators.items[i];
    *ret_rows = (RoleRows){.items = items, .count = managers.count + administrators.count};
    return ok();
}

static Err read_roles(const Actor *actor, Id unit, Arena *keep, RoleRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return id_is_none(unit) ? read_managers(tx, actor, keep, ret_rows) : store_roles_of_unit(tx, unit, keep, ret_rows);
}

static Err read_person(const Actor *actor, Id id, Arena *keep, PersonRow *ret_person, ScopeKeyRow *ret_scope)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    TRY(store_person_by_id(tx, id, keep, ret_person));
    return store_scope(tx, id, keep, ret_scope);
}

static Err open_role(Service *service, const Actor *actor, const RoleRow *row, Arena *keep, StaffRole *ret_role)
{
    AUTO(key_wipe) Key key = {0};
    PersonRow person = {0};
    ScopeKeyRow scope = {0};
    Values values;

    TRY(read_person(actor, row->person, keep, &person, &scope));
    TRY(keys_unwrap(service->keys, actor_key(actor, PURPOSE_READ, SCOPE_PERSON, person.id), scope.wrapped, &key));
    TRY(person_open(&(OpenScope){service, actor->tenant, &key}, &person, keep, &values));
    *ret_role = (StaffRole){
        .role_row = row->id,
        .person = row->person,
        .name = person_called(&values),
        .email = values_at(&values, STAFF_PERSON_EMAIL),
        .role = (Role)row->role,
        .unit = row->unit,
        .from_at = row->from_at,
        .to_at = row->to_at,
        .enrolled = person.login_index.length > 0,
    };
    return ok();
}

static Err store_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

Err people_staff(Service *service, const Actor *actor, Id unit, Arena *keep, StaffRoles *ret_staff)
{
    AuditLine line = service_line(actor, ACT_STAFF_LIST_READ, OBJECT_UNIT, unit);
    RoleRows rows = {0};
    StaffRole *items = NULL;
    Why why = policy_decide((Ask){.act = ACT_STAFF_LIST_READ, .role = actor->role, .relation = relation_of(actor, unit)});

    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_STAFF_LIST_READ, OBJECT_UNIT, unit, why);
    TRY(read_roles(actor, unit, keep, &rows));
    TRY(ARENA_NEW(keep, StaffRole, (size_t)rows.count + 1, &items));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(open_role(service, actor, &rows.items[i], keep, &items[i]));
    line.amount = rows.count;
    TRY(store_write(actor->store, store_line, &line));
    *ret_staff = (StaffRoles){.items = items, .count = rows.count};
    return ok();
}

typedef struct Ending {
    const Actor *actor;
    RoleRow role;
    AuditLine line;
} Ending;

static Err store_ending(Tx *tx, void *context)
{
    const Ending *ending = context;

    TRY(store_audit(tx, &ending->line));
    return store_role_end(tx, ending->role.id, ending->actor->now);
}

static Err find_role(const Actor *actor, Id role_row, RoleRow *ret_role)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return store_role_by_id(tx, role_row, ret_role);
}

Err people_role_end(Service *service, const Actor *actor, Id role_row)
{
    Ending ending = {.actor = actor};

    (void)service;
    TRY(find_role(actor, role_row, &ending.role));
    bool manager = ending.role.role == ROLE_ORG_MANAGER || ending.role.role == ROLE_MUNICIPALITY_ADMIN;
    Act act = manager ? ACT_STAFF_APPOINT_MANAGER : ACT_STAFF_APPOINT;
    Flags flags = id_equal(ending.role.person, actor->person) ? FLAG_SELF : 0;
    Why why = policy_decide((Ask){.act = act, .role = actor->role, .relation = relation_of(actor, ending.role.unit),
                                  .flags = flags});
    if (why != WHY_ALLOWED)
        return service_refuse(actor, act, OBJECT_ROLE, role_row, why);
    TRY(service_proved(actor, act));
    ending.line = service_line(actor, act, OBJECT_ROLE, role_row);
    return service_write(actor, store_ending, &ending);
}

/* Staff of a unit or of the municipality, and the end of a role.
 * Must not show a name before its line is durable.
 * Called by web and api. */
#include "service/people/staff.h"

#include <stdlib.h>

#include "base/order.h"
#include "domain/period.h"
#include "domain/signin.h"
#include "service/people/found.h"
#include "service/people/person.h"
#include "store/moving/moving.h"

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

Err staff_rows_read(Tx *tx, const Actor *actor, Id unit, Arena *keep, StaffRows *ret_rows)
{
    StaffRows rows = {0};

    TRY(id_is_none(unit) ? read_managers(tx, actor, keep, &rows.roles) : store_roles_of_unit(tx, unit, keep, &rows.roles));
    TRY(ARENA_NEW(keep, PersonRow, (size_t)rows.roles.count + 1, &rows.persons));
    TRY(ARENA_NEW(keep, ScopeKeyRow, (size_t)rows.roles.count + 1, &rows.scopes));
    for (uint32_t i = 0; i < rows.roles.count; i++) {
        TRY(store_person_by_id(tx, rows.roles.items[i].person, keep, &rows.persons[i]));
        TRY(store_scope(tx, rows.roles.items[i].person, keep, &rows.scopes[i]));
    }
    *ret_rows = rows;
    return ok();
}

static Err open_role(const OpenScope *scope, const RoleRow *row, const PersonRow *person, Arena *keep, StaffRole *ret_role)
{
    Values values;

    TRY(person_open(scope, person, keep, &values));
    *ret_role = (StaffRole){
        .role_row = row->id,
        .person = row->person,
        .name = values_at(&values, STAFF_PERSON_NAME),
        .email = values_at(&values, STAFF_PERSON_EMAIL),
        .role = (Role)row->role,
        .unit = row->unit,
        .from_at = row->from_at,
        .to_at = row->to_at,
        .enrolled = person->login_index.length > 0,
    };
    return ok();
}

typedef struct SomeKeys {
    Key items[UNWRAP_MAX];
} SomeKeys;

static void some_keys_wipe(SomeKeys *keys)
{
    for (size_t i = 0; i < UNWRAP_MAX; i++)
        key_wipe(&keys->items[i]);
}

typedef struct StaffOpening {
    Service *service;
    const Actor *actor;
    const StaffRows *rows;
    Arena *keep;
    StaffRole *roles;
} StaffOpening;

/* Some of them with one question to the key agent. */
static Err open_some(const StaffOpening *opening, uint32_t first, uint32_t count)
{
    AUTO(some_keys_wipe) SomeKeys keys = {0};
    const StaffRows *rows = opening->rows;
    KeyUse uses[UNWRAP_MAX];
    Str wrapped[UNWRAP_MAX];

    for (uint32_t i = 0; i < count; i++) {
        uses[i] = actor_key(opening->actor, PURPOSE_READ, SCOPE_PERSON, rows->persons[first + i].id);
        wrapped[i] = rows->scopes[first + i].wrapped;
    }
    TRY(keys_unwrap_many(opening->service->keys, uses, wrapped, count, keys.items));
    for (uint32_t i = 0; i < count; i++) {
        const OpenScope scope = {opening->service, opening->actor->tenant, &keys.items[i]};
        TRY(open_role(&scope, &rows->roles.items[first + i], &rows->persons[first + i], opening->keep, &opening->roles[first + i]));
    }
    return ok();
}

/* By the name, as people look for it; the roles of one person as they begin. */
static int by_name(const void *a, const void *b)
{
    const StaffRole *left = a, *right = b;
    int order = text_order(left->name, right->name);

    return order ? order : period_order(PERIOD_OF(left), PERIOD_OF(right));
}

Err staff_rows_open(Service *service, const Actor *actor, const StaffRows *rows, Arena *keep, StaffRoles *ret_staff)
{
    StaffOpening opening = {.service = service, .actor = actor, .rows = rows, .keep = keep};
    uint32_t count = rows->roles.count;

    TRY(ARENA_NEW(keep, StaffRole, (size_t)count + 1, &opening.roles));
    for (uint32_t at = 0; at < count; at += UNWRAP_MAX)
        TRY(open_some(&opening, at, count - at < UNWRAP_MAX ? count - at : UNWRAP_MAX));
    qsort(opening.roles, count, sizeof *opening.roles, by_name);
    *ret_staff = (StaffRoles){.items = opening.roles, .count = count};
    return ok();
}

static Err read_rows(const Actor *actor, Id unit, Arena *keep, StaffRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return staff_rows_read(tx, actor, unit, keep, ret_rows);
}

Err staff_may_list(const Actor *actor, Id unit)
{
    Why why = policy_decide((Ask){.act = ACT_STAFF_LIST_READ, .role = actor->role, .relation = relation_of(actor, unit)});

    return why == WHY_ALLOWED ? ok() : service_refuse(actor, ACT_STAFF_LIST_READ, OBJECT_UNIT, unit, why);
}

static Err store_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

Err people_staff(Service *service, const Actor *actor, Id unit, Arena *keep, StaffRoles *ret_staff)
{
    AuditLine line = service_line(actor, ACT_STAFF_LIST_READ, OBJECT_UNIT, unit);
    StaffRoles staff;
    StaffRows rows;

    TRY(staff_may_list(actor, unit));
    TRY(read_rows(actor, unit, keep, &rows));
    TRY(staff_rows_open(service, actor, &rows, keep, &staff));
    line.amount = staff.count;
    TRY(store_write(actor->store, store_line, &line));
    *ret_staff = staff;
    return ok();
}

#define ENDING_ARENA ((size_t)256 << 10)

typedef struct Ending {
    const Actor *actor;
    Arena *arena;
    RoleRow role;
    GrantRows grants;
    AuditLine line;
    RoleEnd *end;
} Ending;

/* A log is never without a holder: whoever ends a role that carries batons says that they stand in. */
static Err check_batons(Tx *tx, const Ending *ending)
{
    RoleEnd *end = ending->end;

    if (ending->role.role != ROLE_RELAY_HOLDER)
        return ok();
    TRY(store_batons_count(tx, ending->role.person, ending->role.unit, &end->batons));
    return end->batons == 0 || end->takes ? ok() : fail(E_INVALID);
}

static Err store_ending(Tx *tx, void *context)
{
    Ending *ending = context;

    TRY(check_batons(tx, ending));
    ending->line.amount = (uint32_t)ending->end->batons;
    TRY(store_audit(tx, &ending->line));
    return store_role_end(tx, ending->role.id, ending->actor->now, ending->arena, &ending->grants);
}

/* What the sessions of the role were let see is forgotten by the key agent; a session that is put back opens nothing then. */
static void end_grants(Service *service, const GrantRows *grants)
{
    for (uint32_t i = 0; i < grants->count; i++) {
        Err ended = keys_grant_end(service->keys, grants->items[i].grant);
        (void)ended; /* it ends by itself */
    }
}

static Err find_role(const Actor *actor, Id role_row, RoleRow *ret_role)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return store_role_by_id(tx, role_row, ret_role);
}

Err people_role_end(Service *service, const Actor *actor, RoleEnd *end)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Ending ending = {.actor = actor, .end = end};
    const Id role_row = end->role_row;

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
    TRY(arena_new(ENDING_ARENA, &arena));
    ending.arena = arena;
    TRY(service_write(actor, store_ending, &ending));
    end_grants(service, &ending.grants);
    return ok();
}

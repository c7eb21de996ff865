/* The roles that a signed-in person may choose among, with the names of their units.
 * Must not name a unit in which the person holds no role.
 * Called by web and api. Rule: sign-in 1. */
#include "service/session/roles.h"

#include "domain/period.h"
#include "domain/signin.h"
#include "service/people/rights.h"
#include "service/seal.h"

typedef struct Roles {
    Actor actor;
    Arena *keep;
    RoleChoice *items;
    uint32_t count;
} Roles;

/* Family roles have no row: taking part in a log is the role. */
static bool is_family(const Roles *roles, const ParticipantRows *own, Role role)
{
    for (uint32_t i = 0; i < own->count; i++)
        if (session_takes_part(&own->items[i], role, roles->actor.now))
            return true;
    return false;
}

/* Whoever is asked for a consent is a guardian before there is a log. */
static Err add_family(Tx *tx, Roles *roles, const ParticipantRows *own)
{
    bool guardian = is_family(roles, own, ROLE_GUARDIAN);

    if (!guardian)
        TRY(rights_is_asked(tx, roles->actor.person, roles->actor.now, roles->keep, &guardian));
    if (guardian)
        roles->items[roles->count++] = (RoleChoice){.role = ROLE_GUARDIAN};
    if (is_family(roles, own, ROLE_CHILD))
        roles->items[roles->count++] = (RoleChoice){.role = ROLE_CHILD};
    return ok();
}

static void add_staff(Roles *roles, const RoleRows *rows)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        const RoleRow *row = &rows->items[i];
        if (period_in_force(PERIOD_OF(row), roles->actor.now))
            roles->items[roles->count++] = (RoleChoice){.role_row = row->id, .role = (Role)row->role, .unit = row->unit};
    }
}

static Err read_roles(Roles *roles)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    PersonRights given = {0};

    TRY(store_read(roles->actor.store, &tx));
    TRY(store_rights(tx, roles->actor.person, roles->keep, &given));
    TRY(ARENA_NEW(roles->keep, RoleChoice, (size_t)given.roles.count + 2, &roles->items));
    add_staff(roles, &given.roles);
    return add_family(tx, roles, &given.places);
}

static Err name_unit(Service *service, Roles *roles, const Key *scope, RoleChoice *choice)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    UnitRow row = {0};
    Values values;

    TRY(store_read(roles->actor.store, &tx));
    TRY(store_unit_by_id(tx, choice->unit, roles->keep, &row));
    TRY(unit_open(&(OpenScope){service, roles->actor.tenant, scope}, &row, roles->keep, &values));
    choice->unit_name = values_at(&values, ORGANISATION_NAME);
    return ok();
}

static Err name_units(Service *service, Roles *roles)
{
    AUTO(key_wipe) Key scope = {0};
    bool open = false;

    for (uint32_t i = 0; i < roles->count; i++) {
        if (id_is_none(roles->items[i].unit))
            continue;
        if (!open)
            TRY(register_key(service, &roles->actor, roles->keep, &scope));
        open = true;
        TRY(name_unit(service, roles, &scope, &roles->items[i]));
    }
    return ok();
}

Err session_roles(Service *service, Id tenant, const SessionToken *token, Arena *keep, RoleChoices *ret_roles)
{
    Roles roles = {.keep = keep};

    TRY(session_resume(service, tenant, token, &roles.actor));
    TRY(read_roles(&roles));
    TRY(name_units(service, &roles));
    *ret_roles = (RoleChoices){.items = roles.items, .count = roles.count};
    return ok();
}

Err session_news(Service *service, Id tenant, const SessionToken *token, Arena *scratch, AccountNews *ret_news)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Actor actor;

    TRY(session_resume(service, tenant, token, &actor));
    TRY(store_read(actor.store, &tx));
    return account_news(tx, actor.person, actor.now, scratch, ret_news);
}

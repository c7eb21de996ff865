/* The units of a municipality: listed by name, and added.
 * Must not show a unit before its line is durable.
 * Called by web and api. */
#include "service/people/units.h"

#include <stdlib.h>

#include "service/seal.h"

#define PEOPLE_ARENA ((size_t)1 << 20)

static Err read_units(const Actor *actor, Arena *keep, UnitRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return store_units(tx, keep, ret_rows);
}

static Err store_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

static int by_name(const void *a, const void *b)
{
    const Unit *left = a, *right = b;

    return str_compare(left->name, right->name);
}

static Err open_units(Service *service, const Actor *actor, const UnitRows *rows, Arena *keep, Unit *units)
{
    AUTO(key_wipe) Key scope = {0};

    TRY(register_key(service, actor, keep, &scope));
    for (uint32_t i = 0; i < rows->count; i++) {
        const UnitRow *row = &rows->items[i];
        Values values;
        TRY(unit_open(&(OpenScope){service, actor->tenant, &scope}, row, keep, &values));
        units[i] = (Unit){
            .id = row->id,
            .service = row->kind,
            .name = values_at(&values, ORGANISATION_NAME),
            .number = values_at(&values, ORGANISATION_NUMBER),
            .closed = row->closed_at != 0,
        };
    }
    return ok();
}

/* The names of units are public; which of them there are is shown to staff only, who need them for a consent's scope. */
static Why may_list(const Actor *actor)
{
    return actor->role == ROLE_NONE || role_is_family(actor->role) || role_is_operator(actor->role) ? WHY_ROLE : WHY_ALLOWED;
}

static Err list_units(Service *service, const Actor *actor, Arena *keep, Units *ret_units)
{
    UnitRows rows = {0};
    Unit *units = NULL;
    Why why = may_list(actor);

    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_REGISTER_READ, OBJECT_UNIT, (Id){0}, why);
    TRY(read_units(actor, keep, &rows));
    TRY(ARENA_NEW(keep, Unit, (size_t)rows.count + 1, &units));
    TRY(open_units(service, actor, &rows, keep, units));
    qsort(units, rows.count, sizeof *units, by_name);
    *ret_units = (Units){.items = units, .count = rows.count};
    return ok();
}

Err people_units(Service *service, const Actor *actor, Arena *keep, Units *ret_units)
{
    AuditLine line = service_line(actor, ACT_REGISTER_READ, OBJECT_UNIT, (Id){0});
    Units units;

    TRY(list_units(service, actor, keep, &units));
    line.amount = units.count;
    TRY(store_write(actor->store, store_line, &line));
    *ret_units = units;
    return ok();
}

Err people_units_again(Service *service, const Actor *actor, Arena *keep, Units *ret_units)
{
    return list_units(service, actor, keep, ret_units);
}

typedef struct NewUnit {
    AuditLine line;
    UnitRow row;
} NewUnit;

static Err store_unit(Tx *tx, void *context)
{
    const NewUnit *unit = context;

    TRY(store_audit(tx, &unit->line));
    return store_unit_insert(tx, &unit->row);
}

static Err make_unit(Service *service, const Actor *actor, const Values *values, Arena *arena, NewUnit *unit)
{
    AUTO(key_wipe) Key scope = {0};
    int64_t kind = 0;

    if (values->kind->id != KIND_ORGANISATION || values_at(values, ORGANISATION_NAME).length == 0)
        return fail(E_INVALID);
    if (!is_ok(num_parse(values_at(values, ORGANISATION_SERVICE), 0, UINT8_MAX, &kind)))
        return fail(E_INVALID);
    unit->row = (UnitRow){.kind = (uint8_t)kind, .version = 1};
    TRY(world_id(service->world, &unit->row.id));
    TRY(register_key(service, actor, arena, &scope));
    TRY(unit_seal(&(OpenScope){service, actor->tenant, &scope}, (RowVersion){unit->row.id, unit->row.version},
                  values, arena, &unit->row.sealed));
    unit->line = service_line(actor, ACT_UNITS_MANAGE, OBJECT_UNIT, unit->row.id);
    return ok();
}

static Why may_manage(const Actor *actor)
{
    return policy_decide((Ask){
        .act = ACT_UNITS_MANAGE,
        .role = actor->role,
        .relation = actor->role == ROLE_MUNICIPALITY_ADMIN ? RELATION_MUNICIPALITY : RELATION_NONE,
    });
}

Err people_manages_units(const Actor *actor)
{
    Why why = may_manage(actor);

    return why == WHY_ALLOWED ? ok() : service_refuse(actor, ACT_UNITS_MANAGE, OBJECT_UNIT, (Id){0}, why);
}

Err people_unit_add(Service *service, const Actor *actor, const Values *values, Id *ret_unit)
{
    AUTO(arena_freep) Arena *arena = NULL;
    NewUnit unit = {0};

    TRY(people_manages_units(actor));
    TRY(arena_new(PEOPLE_ARENA, &arena));
    TRY(make_unit(service, actor, values, arena, &unit));
    TRY(service_write(actor, store_unit, &unit));
    *ret_unit = unit.row.id;
    return ok();
}

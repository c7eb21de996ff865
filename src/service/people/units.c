/* The units of a municipality: listed by name, and added.
 * Must not show a unit before its line is durable.
 * Called by web and api. */
#include "service/people/units.h"

#include <stdlib.h>

#include "base/clean.h"
#include "base/order.h"
#include "service/seal.h"

#define PEOPLE_ARENA ((size_t)1 << 20)

Err unit_rows_read(Tx *tx, Arena *keep, UnitsFound *ret_rows)
{
    UnitsFound rows = {0};

    TRY(store_units(tx, keep, &rows.units));
    TRY(store_scope(tx, people_register_scope(), keep, &rows.scope));
    *ret_rows = rows;
    return ok();
}

static Err read_rows(const Actor *actor, Arena *keep, UnitsFound *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return unit_rows_read(tx, keep, ret_rows);
}

static Err store_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

static int by_name(const void *a, const void *b)
{
    const Unit *left = a, *right = b;

    return text_order(left->name, right->name);
}

static Err open_unit(const OpenScope *scope, const UnitRow *row, Arena *keep, Unit *ret_unit)
{
    Values values;

    TRY(unit_open(scope, row, keep, &values));
    *ret_unit = (Unit){
        .id = row->id,
        .service = row->kind,
        .name = values_at(&values, ORGANISATION_NAME),
        .number = values_at(&values, ORGANISATION_NUMBER),
        .closed = row->closed_at != 0,
    };
    return ok();
}

Err unit_rows_open(Service *service, const Actor *actor, const UnitsFound *rows, Arena *keep, Units *ret_units)
{
    AUTO(key_wipe) Key key = {0};
    const OpenScope scope = {service, actor->tenant, &key};
    uint32_t count = rows->units.count;
    Unit *units = NULL;

    TRY(keys_unwrap(service->keys, actor_key(actor, PURPOSE_READ, SCOPE_REGISTER, rows->scope.scope), rows->scope.wrapped, &key));
    TRY(ARENA_NEW(keep, Unit, (size_t)count + 1, &units));
    for (uint32_t i = 0; i < count; i++)
        TRY(open_unit(&scope, &rows->units.items[i], keep, &units[i]));
    qsort(units, count, sizeof *units, by_name);
    *ret_units = (Units){.items = units, .count = count};
    return ok();
}

/* The names of units are public; which of them there are is shown to staff only, who need them for a consent's scope. */
Err units_may_list(const Actor *actor)
{
    bool may = actor->role != ROLE_NONE && !role_is_family(actor->role) && !role_is_operator(actor->role);

    return may ? ok() : service_refuse(actor, ACT_REGISTER_READ, OBJECT_UNIT, (Id){0}, WHY_ROLE);
}

static Err list_units(Service *service, const Actor *actor, Arena *keep, UnitsFound *ret_rows, Units *ret_units)
{
    TRY(units_may_list(actor));
    TRY(read_rows(actor, keep, ret_rows));
    return unit_rows_open(service, actor, ret_rows, keep, ret_units);
}

Err people_units(Service *service, const Actor *actor, Arena *keep, Units *ret_units)
{
    AuditLine line = service_line(actor, ACT_REGISTER_READ, OBJECT_UNIT, (Id){0});
    UnitsFound rows;
    Units units;

    TRY(list_units(service, actor, keep, &rows, &units));
    line.amount = units.count;
    TRY(store_write(actor->store, store_line, &line));
    *ret_units = units;
    return ok();
}

Err people_units_again(Service *service, const Actor *actor, Arena *keep, Units *ret_units)
{
    UnitsFound rows;

    return list_units(service, actor, keep, &rows, ret_units);
}

Err units_still_read(Tx *tx, const UnitRows *read, Arena *scratch)
{
    UnitRows now = {0};

    TRY(store_units(tx, scratch, &now));
    bool same = now.count == read->count;
    for (uint32_t i = 0; i < now.count && same; i++)
        same = id_equal(now.items[i].id, read->items[i].id) && now.items[i].version == read->items[i].version;
    return same ? ok() : fail(E_STALE);
}

#define ADD_TRIES 8

typedef struct NewUnit {
    Arena *arena;
    AuditLine line;
    UnitRow row;
    UnitsFound here; /* whose names are not the new one's */
} NewUnit;

static Err store_unit(Tx *tx, void *context)
{
    const NewUnit *unit = context;

    TRY(units_still_read(tx, &unit->here.units, unit->arena));
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

/* FIELD_NONE, or the field that a unit which is open has too. */
static Err taken_by(const Units *units, const Values *values, Arena *scratch, FieldKey *ret_taken)
{
    Str number = values_at(values, ORGANISATION_NUMBER);

    *ret_taken = FIELD_NONE;
    for (uint32_t i = 0; i < units->count; i++) {
        const Unit *unit = &units->items[i];
        bool same = false;
        if (unit->closed)
            continue;
        TRY(text_reads_same(unit->name, values_at(values, ORGANISATION_NAME), scratch, &same));
        if (same || (number.length > 0 && str_equal(number, unit->number)))
            *ret_taken = same ? ORGANISATION_NAME : ORGANISATION_NUMBER;
    }
    return ok();
}

static Err add_unit(Service *service, const Actor *actor, const Values *values, Id *ret_unit, FieldKey *ret_taken)
{
    AUTO(arena_freep) Arena *arena = NULL;
    FieldKey taken = FIELD_NONE;
    NewUnit unit = {0};
    Units here = {0};

    TRY(arena_new(PEOPLE_ARENA, &arena));
    unit.arena = arena;
    TRY(list_units(service, actor, arena, &unit.here, &here));
    TRY(taken_by(&here, values, arena, &taken));
    if (taken != FIELD_NONE) {
        *ret_taken = taken;
        return fail(E_DUPLICATE);
    }
    TRY(make_unit(service, actor, values, arena, &unit));
    TRY(service_write(actor, store_unit, &unit));
    *ret_unit = unit.row.id;
    return ok();
}

/* The names are sealed, so no database can hold them apart: the work goes on only over the units whose names were compared. */
Err people_unit_add(Service *service, const Actor *actor, const Values *values, Id *ret_unit, FieldKey *ret_taken)
{
    TRY(people_manages_units(actor));
    Err added = add_unit(service, actor, values, ret_unit, ret_taken);
    for (int i = 1; i < ADD_TRIES && added.id == E_STALE; i++)
        added = add_unit(service, actor, values, ret_unit, ret_taken);
    return added;
}

/* The names of units for pages: rows in one snapshot, opened under the register's key.
 * Must not write a line: the names of units are public, and the page has its own.
 * Called by the log service, and by web. */
#include "service/people/unit_names.h"

#include "service/seal.h"

static const UnitRow *find_unit(const UnitNames *names, Id unit)
{
    for (uint32_t i = 0; i < names->count; i++)
        if (id_equal(names->rows[i].id, unit))
            return &names->rows[i];
    return NULL;
}

static bool stands_in(const Id *ids, uint32_t count, Id id)
{
    for (uint32_t i = 0; i < count; i++)
        if (id_equal(ids[i], id))
            return true;
    return false;
}

static Err wish_of(const Id *units, uint32_t count, Arena *keep, UnitsWish *ret_wish)
{
    UnitsWish wish = {.scope = people_register_scope()};
    Id *ids = NULL;

    TRY(ARENA_NEW(keep, Id, (size_t)count + 1, &ids));
    for (uint32_t i = 0; i < count; i++)
        if (!id_is_none(units[i]) && !stands_in(ids, wish.count, units[i]))
            ids[wish.count++] = units[i];
    wish.ids = ids;
    *ret_wish = wish;
    return ok();
}

Err unit_names_from(const UnitsFound *found, Arena *keep, UnitNames *ret_names)
{
    UnitNames names = {.rows = found->units.items, .count = found->units.count};

    if (names.count > 0 && id_is_none(found->scope.scope))
        return fail(E_NOT_FOUND);
    if (names.count > 0)
        names.scope = found->scope;
    TRY(ARENA_NEW(keep, Str, (size_t)names.count + 1, &names.names));
    *ret_names = names;
    return ok();
}

Err unit_names_read(Tx *tx, const Id *units, uint32_t count, Arena *keep, UnitNames *ret_names)
{
    UnitsFound found;
    UnitsWish wish;

    TRY(wish_of(units, count, keep, &wish));
    TRY(store_units_found(tx, &wish, keep, &found));
    return unit_names_from(&found, keep, ret_names);
}

void unit_names_wipe(UnitNames *names)
{
    key_wipe(&names->key);
    names->has_key = false;
}

Err unit_names_open(Service *service, const Actor *actor, UnitNames *names, Arena *keep)
{
    AUTO(key_wipe) Key key = names->key;
    Values values;

    if (names->count == 0)
        return ok();
    if (!names->has_key)
        TRY(keys_unwrap(service->keys, actor_key(actor, PURPOSE_READ, SCOPE_REGISTER, names->scope.scope),
                        names->scope.wrapped, &key));
    unit_names_wipe(names);
    for (uint32_t i = 0; i < names->count; i++) {
        TRY(unit_open(&(OpenScope){service, actor->tenant, &key}, &names->rows[i], keep, &values));
        names->names[i] = values_at(&values, ORGANISATION_NAME);
    }
    return ok();
}

Str unit_names_get(const UnitNames *names, Id unit)
{
    const UnitRow *row = find_unit(names, unit);

    return row ? names->names[row - names->rows] : STR_NONE;
}

static Err read_names(const Actor *actor, const Id *units, uint32_t count, Arena *keep, UnitNames *ret_names)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return unit_names_read(tx, units, count, keep, ret_names);
}

Err people_unit_names(Service *service, const Actor *actor, IdList units, Arena *keep, Str *ret_names)
{
    UnitNames names = {0};

    TRY(read_names(actor, units.ids, units.count, keep, &names));
    TRY(unit_names_open(service, actor, &names, keep));
    for (uint32_t i = 0; i < units.count; i++)
        ret_names[i] = unit_names_get(&names, units.ids[i]);
    return ok();
}

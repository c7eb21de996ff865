/* What a municipality lets the others of this installation know of itself.
 * Must not open anything there but the names of units.
 * Called by service/acts/transfer, service/crossing and web. */
#include "service/people/elsewhere.h"

#include "service/heads.h"

#define GRANT_MS (INT64_C(10) * 60 * 1000)

Err elsewhere_enter(Service *service, Id tenant, int64_t now, Actor *ret_nobody)
{
    Actor nobody = {.tenant = tenant, .now = now};

    TRY(store_of(service->stores, tenant, &nobody.store));
    TRY(world_id(service->world, &nobody.request));
    TRY(heads_grant(service, (GrantWish){.tenant = tenant, .ends_at = now + GRANT_MS}, &nobody.grant));
    *ret_nobody = nobody;
    return ok();
}

void elsewhere_leave(Service *service, const Actor *nobody)
{
    Err ended = keys_grant_end(service->keys, nobody->grant);

    (void)ended; /* it ends by itself */
}

static Err read_units(Service *service, const Actor *nobody, Arena *keep, Units *ret_units)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    UnitsFound rows = {0};

    TRY(store_read(nobody->store, &tx));
    TRY(unit_rows_read(tx, keep, &rows));
    store_read_endp(&tx);
    return unit_rows_open(service, nobody, &rows, keep, ret_units);
}

Err elsewhere_units(Service *service, const Actor *actor, Str number, Arena *keep, Elsewhere *ret_elsewhere)
{
    Elsewhere elsewhere = {0};
    Actor nobody = {0};

    TRY(municipality_by_number(service, number, keep, &elsewhere.municipality));
    if (id_equal(elsewhere.municipality.tenant, actor->tenant))
        return fail(E_NOT_FOUND);
    TRY(elsewhere_enter(service, elsewhere.municipality.tenant, actor->now, &nobody));
    Err read = read_units(service, &nobody, keep, &elsewhere.units);
    elsewhere_leave(service, &nobody);
    TRY(read);
    *ret_elsewhere = elsewhere;
    return ok();
}

Err elsewhere_place(const Elsewhere *elsewhere, Id unit, Arena *keep, Str *ret_place)
{
    for (uint32_t i = 0; i < elsewhere->units.count; i++) {
        const Unit *item = &elsewhere->units.items[i];
        if (id_equal(item->id, unit) && !item->closed)
            return str_format(keep, ret_place, "%.*s, %.*s", (int)item->name.length, item->name.data,
                              (int)elsewhere->municipality.name.length, elsewhere->municipality.name.data);
    }
    return fail(E_NOT_FOUND);
}

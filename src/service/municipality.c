/* Reads the host's list of municipalities.
 * Must not open a municipality's own database.
 * Called by web, api and cli. */
#include "service/municipality.h"

#include <stdlib.h>

#include "base/order.h"
#include "store/store.h"

static Municipality from_row(const MunicipalityRow *row)
{
    return (Municipality){.tenant = row->id, .number = row->number, .name = row->name};
}

static int by_name(const void *a, const void *b)
{
    const Municipality *left = a, *right = b;

    return text_order(left->name, right->name);
}

Err municipality_list(Service *service, Arena *keep, Municipalities *ret_list)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    MunicipalityRows rows = {0};
    Municipality *items = NULL;

    TRY(store_read(store_host(service->stores), &tx));
    store_read_last(tx);
    TRY(store_municipalities(tx, keep, &rows));
    TRY(ARENA_NEW(keep, Municipality, rows.count, &items));
    uint32_t count = 0;
    for (uint32_t i = 0; i < rows.count; i++)
        if (rows.items[i].state == MUNICIPALITY_IN_USE)
            items[count++] = from_row(&rows.items[i]);
    qsort(items, count, sizeof *items, by_name);
    *ret_list = (Municipalities){.items = items, .count = count};
    return ok();
}

Err municipality_by_number(Service *service, Str number, Arena *keep, Municipality *ret_municipality)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    MunicipalityRow row = {0};

    TRY(store_read(store_host(service->stores), &tx));
    store_read_last(tx);
    TRY(store_municipality_by_number(tx, number, keep, &row));
    if (row.state != MUNICIPALITY_IN_USE)
        return fail(E_NOT_FOUND);
    *ret_municipality = from_row(&row);
    return ok();
}

Err municipality_by_id(Service *service, Id tenant, Arena *keep, Municipality *ret_municipality)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    MunicipalityRow row = {0};

    TRY(store_read(store_host(service->stores), &tx));
    store_read_last(tx);
    TRY(store_municipality_by_id(tx, tenant, keep, &row));
    if (row.state != MUNICIPALITY_IN_USE)
        return fail(E_NOT_FOUND);
    *ret_municipality = from_row(&row);
    return ok();
}

/* What a municipality lets the others of this installation know of itself.
 * Must not open anything there but the names of units.
 * Called by service/acts/transfer, service/crossing and web. */
#include "service/people/elsewhere.h"

#include "parcel/letter.h"
#include "service/heads.h"
#include "store/request/crossing.h"

#define GRANT_MS (INT64_C(10) * 60 * 1000)

/* person: at whose ceiling the grant is counted; none: serve asks by itself. */
static Err enter(Service *service, Id tenant, Id person, int64_t now, Actor *ret_nobody)
{
    Actor nobody = {.tenant = tenant, .now = now};

    TRY(store_of(service->stores, tenant, &nobody.store));
    TRY(world_id(service->world, &nobody.request));
    TRY(heads_grant(service, (GrantWish){.tenant = tenant, .person = person, .ends_at = now + GRANT_MS}, &nobody.grant));
    *ret_nobody = nobody;
    return ok();
}

Err elsewhere_enter(Service *service, Id tenant, int64_t now, Actor *ret_nobody)
{
    return enter(service, tenant, (Id){0}, now, ret_nobody);
}

void elsewhere_leave(Service *service, const Actor *nobody)
{
    Err ended = keys_grant_end(service->keys, nobody->grant);

    (void)ended; /* it ends by itself */
}

Err elsewhere_own(Service *service, const Actor *nobody, Arena *keep, Units *ret_units)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    UnitsFound rows = {0};

    TRY(store_read(nobody->store, &tx));
    TRY(unit_rows_read(tx, keep, &rows));
    store_read_endp(&tx);
    return unit_rows_open(service, nobody, &rows, keep, ret_units);
}

/* ---- of other installations, by their cards ---- */

static Err cards_of(const Actor *actor, Arena *keep, Card **ret_cards, uint32_t *ret_count)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    PartnerRows rows = {0};
    Card *cards = NULL;

    TRY(store_read(actor->store, &tx));
    TRY(store_partners(tx, keep, &rows));
    TRY(ARENA_NEW(keep, Card, (size_t)rows.count + 1, &cards));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(card_read(rows.items[i].card, keep, &cards[i]));
    *ret_cards = cards;
    *ret_count = rows.count;
    return ok();
}

Err elsewhere_known(const Actor *actor, Arena *keep, Municipalities *ret_list)
{
    Municipality *items = NULL;
    Card *cards = NULL;
    uint32_t count = 0;

    TRY(cards_of(actor, keep, &cards, &count));
    TRY(ARENA_NEW(keep, Municipality, (size_t)count + 1, &items));
    for (uint32_t i = 0; i < count; i++)
        items[i] = (Municipality){.tenant = cards[i].municipality, .number = cards[i].number, .name = cards[i].name};
    *ret_list = (Municipalities){items, count};
    return ok();
}

static Err units_of_card(const Actor *actor, Str number, Arena *keep, Elsewhere *ret_elsewhere)
{
    Card *cards = NULL;
    Unit *items = NULL;
    uint32_t count = 0, at = 0;

    TRY(cards_of(actor, keep, &cards, &count));
    while (at < count && !str_equal(cards[at].number, number))
        at++;
    if (at == count)
        return fail(E_NOT_FOUND);
    const Card *card = &cards[at];
    TRY(ARENA_NEW(keep, Unit, (size_t)card->unit_count + 1, &items));
    for (uint32_t i = 0; i < card->unit_count; i++)
        items[i] = (Unit){.id = card->units[i].id, .name = card->units[i].name};
    *ret_elsewhere = (Elsewhere){{card->municipality, card->number, card->name}, {items, card->unit_count}};
    return ok();
}

/* ---- either ---- */

Err elsewhere_units(Service *service, const Actor *actor, Str number, Arena *keep, Elsewhere *ret_elsewhere)
{
    Elsewhere elsewhere = {0};
    Actor nobody = {0};

    Err here = municipality_by_number(service, number, keep, &elsewhere.municipality);
    if (here.id == E_NOT_FOUND)
        return units_of_card(actor, number, keep, ret_elsewhere);
    TRY(here);
    if (id_equal(elsewhere.municipality.tenant, actor->tenant))
        return fail(E_NOT_FOUND);
    TRY(enter(service, elsewhere.municipality.tenant, actor->person, actor->now, &nobody));
    Err read = elsewhere_own(service, &nobody, keep, &elsewhere.units);
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

/* Units as an operator lists and closes them: under a grant of their own, which ends with it.
 * Must not move what a closed unit leaves in another way than a page does.
 * Called by cli. Rule: rest 10. */
#include "service/jobs/unit_order.h"

#include "service/heads.h"
#include "service/jobs/unit_close.h"

#define GRANT_MS ((int64_t)10 * 60 * 1000)

static Err begin(Service *service, const UnitOrder *order, Actor *ret_actor)
{
    Actor actor = {.tenant = order->tenant, .person = order->by};

    TRY(store_of(service->stores, order->tenant, &actor.store));
    TRY(world_now(service->world, &actor.now));
    TRY(world_id(service->world, &actor.request));
    TRY(heads_grant(service, (GrantWish){.tenant = actor.tenant, .ends_at = actor.now + GRANT_MS}, &actor.grant));
    *ret_actor = actor;
    return ok();
}

static Err end(Service *service, const Actor *actor, Err done)
{
    Err ended = keys_grant_end(service->keys, actor->grant);

    return is_ok(done) ? ended : done;
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

static Err read_rows(const Actor *actor, Arena *keep, UnitsFound *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return unit_rows_read(tx, keep, ret_rows);
}

static Err list(Service *service, const Actor *actor, Arena *keep, Units *ret_units)
{
    AuditLine line = service_line(actor, ACT_REGISTER_READ, OBJECT_UNIT, (Id){0});
    UnitsFound rows = {0};

    TRY(read_rows(actor, keep, &rows));
    TRY(unit_rows_open(service, actor, &rows, keep, ret_units));
    line.amount = ret_units->count;
    return store_write(actor->store, write_line, &line);
}

Err unit_order_list(Service *service, const UnitOrder *order, Arena *keep, Units *ret_units)
{
    Units units = {0};
    Actor actor;

    TRY(begin(service, order, &actor));
    TRY(end(service, &actor, list(service, &actor, keep, &units)));
    *ret_units = units;
    return ok();
}

Err unit_order_close(Service *service, const UnitOrder *order, const UnitClosing *closing)
{
    Actor actor;

    TRY(begin(service, order, &actor));
    TRY(end(service, &actor, people_unit_close_for(service, &actor, closing)));
    unit_close_follow(service, order->tenant);
    return ok();
}

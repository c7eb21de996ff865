/* A unit is closed: another follows it, and gets its logs and its people.
 * Must not move anything by itself: how much there is does not matter to whoever closes it.
 * Called by web and api; the job `units` does the rest. Rule: rest 10. */
#include "service/people/closing.h"

#include "service/seal.h"

#define CLOSING_ARENA ((size_t)1 << 20)

typedef struct Closing {
    const Actor *actor;
    const UnitClosing *asked;
    Arena *arena;
    UnitRow unit; /* as it will be, sealed for its next version */
    AuditLine line;
} Closing;

static Err close_work(Tx *tx, void *context)
{
    const Closing *closing = context;
    UnitRow into = {0};

    Err found = store_unit_by_id(tx, closing->asked->into, closing->arena, &into);
    if (found.id == E_NOT_FOUND || (is_ok(found) && (into.closed_at != 0 || id_equal(into.id, closing->unit.id))))
        return fail(E_INVALID);
    TRY(found);
    TRY(store_audit(tx, &closing->line));
    return store_unit_update(tx, &closing->unit);
}

static Err read_unit(const Closing *closing, UnitRow *ret_unit)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(closing->actor->store, &tx));
    return store_unit_by_id(tx, closing->asked->unit, closing->arena, ret_unit);
}

/* What is sealed is bound to the version of its row. */
static Err prepare(Service *service, Closing *closing)
{
    AUTO(key_wipe) Key key = {0};
    const OpenScope scope = {service, closing->actor->tenant, &key};
    UnitRow *unit = &closing->unit;
    Values values;

    TRY(read_unit(closing, unit));
    if (unit->closed_at != 0)
        return fail(E_STALE);
    TRY(register_key(service, closing->actor, closing->arena, &key));
    TRY(unit_open(&scope, unit, closing->arena, &values));
    TRY(unit_seal(&scope, (RowVersion){unit->id, unit->version + 1}, &values, closing->arena, &unit->sealed));
    unit->closed_at = closing->actor->now;
    unit->parent = closing->asked->into;
    return ok();
}

Err people_unit_close_for(Service *service, const Actor *actor, const UnitClosing *closing)
{
    AUTO(arena_freep) Arena *arena = NULL;

    TRY(arena_new(CLOSING_ARENA, &arena));
    Closing work = {.actor = actor, .asked = closing, .arena = arena, .line = service_line(actor, ACT_UNIT_CLOSE, OBJECT_UNIT, closing->unit)};
    TRY(prepare(service, &work));
    return service_write(actor, close_work, &work);
}

Err people_unit_close(Service *service, const Actor *actor, const UnitClosing *closing)
{
    const Ask ask = {.act = ACT_UNIT_CLOSE, .role = actor->role,
                     .relation = actor->role == ROLE_MUNICIPALITY_ADMIN ? RELATION_MUNICIPALITY : RELATION_NONE};
    Why why = policy_decide(ask);

    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_UNIT_CLOSE, OBJECT_UNIT, closing->unit, why);
    TRY(service_proved(actor, ACT_UNIT_CLOSE));
    return people_unit_close_for(service, actor, closing);
}

static const UnitRow *row_of(const UnitRows *units, Id unit)
{
    for (uint32_t i = 0; i < units->count; i++)
        if (id_equal(units->items[i].id, unit))
            return &units->items[i];
    return NULL;
}

/* What follows was open when the other was closed, so no way leads back; rows that a stranger joined to a ring end after as many steps. */
Err unit_follower(const UnitRows *units, Id unit, Id *ret_unit)
{
    const UnitRow *row = row_of(units, unit);

    for (uint32_t i = 0; row && row->closed_at != 0 && i < units->count; i++)
        row = row_of(units, row->parent);
    if (!row || row->closed_at != 0)
        return fail(E_NOT_FOUND);
    *ret_unit = row->id;
    return ok();
}

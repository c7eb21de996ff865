/* The rows of a crossing, each put with its line; and those in whose name something is done.
 * Must not do a step twice: each row goes on from the version that was read.
 * Called by crossings.c and post.c. */
#include "service/crossing/steps.h"

#include "domain/notices.h"
#include "domain/period.h"
#include "service/heads.h"
#include "service/municipality.h"
#include "service/people/unit_names.h"
#include "store/inbox.h"

#define GRANT_MS (INT64_C(10) * 60 * 1000)

/* ---- rows ---- */

typedef struct Putting {
    const CrossingPut *put;
    AuditLine line;
} Putting;

static Err put_work(Tx *tx, void *context)
{
    const Putting *putting = context;
    const CrossingPut *put = putting->put;

    TRY(put->is_new ? store_crossing_insert(tx, put->row) : store_crossing_update(tx, put->row));
    if (put->ends) {
        Err key = store_scope_delete(tx, put->row->id);
        if (key.id != E_NOT_FOUND)
            TRY(key);
    }
    TRY(store_inbox_tell(tx, &put->told, NULL));
    return store_audit(tx, &putting->line);
}

Err crossing_put(const Actor *actor, const CrossingPut *put)
{
    const Act act = put->row->step < CROSSING_DROPPED ? ACT_TRANSFER_ASK : ACT_TRANSFER_CLOSE;
    Putting putting = {.put = put, .line = service_line(actor, act, OBJECT_NONE, put->row->id)};

    putting.line.reason = put->row->step;
    Err done = store_write(actor->store, put_work, &putting);
    return done.id == E_DUPLICATE ? ok() : done;
}

Err crossing_step(const Actor *actor, CrossingRow *row, enum CrossingStep step)
{
    CrossingRow next = *row;
    const bool over = step >= CROSSING_OPEN;

    next.step = (uint8_t)step;
    if (over)
        next.sealed = next.done = STR_NONE;
    TRY(crossing_put(actor, &(CrossingPut){.row = &next, .ends = over}));
    next.version++;
    *row = next;
    return ok();
}

Err crossing_read(Store *store, Id id, Arena *keep, CrossingRow *ret_row)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    *ret_row = (CrossingRow){0};
    TRY(store_read(store, &tx));
    Err found = store_crossing(tx, id, keep, ret_row);
    return found.id == E_NOT_FOUND ? ok() : found;
}

/* ---- people ---- */

Err crossing_place_of(Service *service, const Actor *nobody, Id log_id, Arena *keep, Str *ret_place)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Municipality municipality;
    LogRow log = {0};
    Str name = STR_NONE;

    TRY(store_read(nobody->store, &tx));
    TRY(store_log_by_id(tx, log_id, &log));
    store_read_endp(&tx);
    TRY(people_unit_names(service, nobody, (IdList){&log.unit, 1}, keep, &name));
    TRY(municipality_by_id(service, nobody->tenant, keep, &municipality));
    return str_format(keep, ret_place, "%.*s, %.*s", (int)name.length, name.data, (int)municipality.name.length, municipality.name.data);
}

Err crossing_managers(Service *service, const Actor *nobody, const CrossingRow *row, Arena *keep, InboxRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows roles = {0};
    InboxRow *items = NULL;
    uint32_t count = 0;

    TRY(store_read(nobody->store, &tx));
    TRY(store_roles_of_unit(tx, row->unit, keep, &roles));
    TRY(ARENA_NEW(keep, InboxRow, (size_t)roles.count + 1, &items));
    for (uint32_t i = 0; i < roles.count; i++) {
        if (roles.items[i].role != ROLE_ORG_MANAGER || !period_in_force(PERIOD_OF(&roles.items[i]), nobody->now))
            continue;
        items[count] = (InboxRow){.person = roles.items[i].person, .event = NOTICE_TRANSFER_PENDING, .object = row->id,
                                  .at = nobody->now, .mailed = notice_is_mailed(NOTICE_TRANSFER_PENDING)};
        TRY(world_id(service->world, &items[count++].id));
    }
    *ret_rows = (InboxRows){items, count};
    return ok();
}

Err crossing_taker(Service *service, const Actor *nobody, const CrossingRow *row, Actor *ret_taker)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Actor taker = *nobody;
    RoleRow role = {0};

    TRY(store_read(taker.store, &tx));
    TRY(store_role_by_id(tx, row->taken_by, &role));
    store_read_endp(&tx);
    if (role.role != ROLE_ORG_MANAGER || !id_equal(role.unit, row->unit))
        return fail(E_FORGED);
    taker.person = role.person;
    taker.role = ROLE_ORG_MANAGER;
    taker.role_row = role.id;
    taker.unit = role.unit;
    TRY(world_id(service->world, &taker.request));
    const GrantWish wish = {.tenant = taker.tenant, .person = taker.person, .role = ROLE_ORG_MANAGER, .ends_at = nobody->now + GRANT_MS};
    TRY(heads_grant(service, wish, &taker.grant));
    *ret_taker = taker;
    return ok();
}

Err crossing_holder(const Actor *nobody, const CrossingRow *row, Id *ret_person)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRow role = {0};

    TRY(store_read(nobody->store, &tx));
    TRY(store_role_by_id(tx, row->holder, &role));
    *ret_person = role.person;
    return role.role == ROLE_RELAY_HOLDER && id_equal(role.unit, row->unit) ? ok() : fail(E_FORGED);
}

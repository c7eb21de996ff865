/* A unit asks for a log that it does not know of, and what may be seen of that.
 * Must not do, store or say anything else where there is a log than where there is none.
 * Called by web and api. */
#include "service/acts/transfer/blind.h"

#include "domain/blind.h"
#include "domain/clocks.h"
#include "domain/input/numbers.h"
#include "domain/period.h"
#include "service/people/office.h"
#include "service/people/unit_names.h"
#include "service/seal.h"

#define SEND_ARENA ((size_t)1 << 20)
#define LIST_MAX 100

/* The last moment of those that are closed now: what was sent later is open. */
static int64_t closed_up_to(int64_t now)
{
    return period_end_of(oslo_day(now) - clock_day(CLOCK_BLIND_REQUEST_END, 0, NULL)) - 1;
}

/* ---- sending ---- */

typedef struct Sending {
    const Actor *actor;
    BlindRequestRow row;
    AuditLine line;
    Why why;
    bool too_many;
} Sending;

static Why may(const Actor *actor, enum Act act, Relation relation)
{
    return policy_decide((Ask){.act = act, .role = actor->role, .relation = relation});
}

bool blind_may_send(const Actor *actor)
{
    return may(actor, ACT_BLIND_REQUEST, id_is_none(actor->unit) ? RELATION_NONE : RELATION_UNIT) == WHY_ALLOWED;
}

Err blind_sends(const Actor *actor)
{
    if (blind_may_send(actor))
        return ok();
    return service_refuse(actor, ACT_BLIND_REQUEST, OBJECT_NONE, (Id){0}, may(actor, ACT_BLIND_REQUEST, RELATION_NONE));
}

static Err check_count(Tx *tx, Sending *sending)
{
    const BlindCounts since = {.person = sending->row.at - BLIND_DAY_MS, .unit = closed_up_to(sending->row.at)};
    BlindCounts counts = {0};

    TRY(store_blind_counts(tx, &sending->row, &since, &counts));
    sending->too_many = counts.person >= BLIND_A_DAY || counts.unit >= BLIND_OPEN_OF_UNIT;
    return ok();
}

static Err send_work(Tx *tx, void *context)
{
    Sending *sending = context;
    Relation relation = RELATION_NONE;

    TRY(office_relation(tx, sending->actor, &relation));
    sending->why = may(sending->actor, ACT_BLIND_REQUEST, relation);
    if (sending->why != WHY_ALLOWED)
        return ok();
    TRY(check_count(tx, sending));
    if (sending->too_many)
        return ok();
    TRY(store_blind_insert(tx, &sending->row));
    return store_audit(tx, &sending->line);
}

static Err find_log(Service *service, const Actor *actor, Str number, Arena *scratch, Id *ret_log)
{
    const IndexUse use = {.grant = actor->grant, .tenant = actor->tenant, .kind = INDEX_NATIONAL_ID, .purpose = PURPOSE_READ};
    AUTO(store_read_endp) Tx *tx = NULL;
    BlindIndex index = {0};

    TRY(keys_blind_index(service->keys, use, number, &index));
    const ScopeIndex where = scope_index_of(&index);
    TRY(store_read(actor->store, &tx));
    return store_blind_log(tx, &where, scratch, ret_log);
}

Err blind_request_send(Service *service, const Actor *actor, const Values *values, bool *ret_too_many)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    Sending sending = {.actor = actor, .row = {.person = actor->person, .unit = actor->unit, .at = actor->now}};
    Str number = values_at(values, BLIND_REQUEST_NATIONAL_ID);
    int64_t reason = 0;

    TRY(blind_sends(actor));
    if (values->kind->id != KIND_BLIND_REQUEST || !is_ok(num_parse(values_at(values, BLIND_REQUEST_REASON), 1, UINT8_MAX, &reason)))
        return fail(E_INVALID);
    if (!is_ok(national_accept(number, service->mode)))
        return fail(E_INVALID);
    TRY(arena_new(SEND_ARENA, &scratch));
    TRY(find_log(service, actor, number, scratch, &sending.row.log));
    TRY(service_makes(service, actor, &sending.row.id));
    sending.row.reason = (uint16_t)reason;
    sending.line = service_line(actor, ACT_BLIND_REQUEST, OBJECT_NONE, (Id){0});
    TRY(service_write(actor, send_work, &sending));
    if (sending.why != WHY_ALLOWED)
        return service_refuse(actor, ACT_BLIND_REQUEST, OBJECT_NONE, (Id){0}, sending.why);
    *ret_too_many = sending.too_many;
    return ok();
}

/* ---- what was sent, and what met a log ---- */

typedef struct BlindRows {
    BlindRequestRows sent, met;
    BlindSame same;
    UnitNames units;
} BlindRows;

static Err unit_ids(const BlindRows *rows, Arena *keep, IdList *ret_ids)
{
    Id *ids = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(keep, Id, (size_t)rows->sent.count + rows->met.count + 1, &ids));
    for (uint32_t i = 0; i < rows->sent.count; i++)
        ids[count++] = rows->sent.items[i].unit;
    for (uint32_t i = 0; i < rows->met.count; i++)
        ids[count++] = rows->met.items[i].unit;
    *ret_ids = (IdList){ids, count};
    return ok();
}

static Err read_lists(const Actor *actor, Arena *keep, Why *ret_why, BlindRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Relation relation = RELATION_NONE;
    BlindRows rows = {0};
    IdList units = {0};

    TRY(store_read(actor->store, &tx));
    TRY(office_relation(tx, actor, &relation));
    *ret_why = may(actor, ACT_BLIND_REQUESTS_READ, relation);
    if (*ret_why != WHY_ALLOWED)
        return ok();
    if (relation == RELATION_UNIT)
        TRY(store_blind_sent(tx, actor->unit, LIST_MAX, keep, &rows.sent));
    if (actor->role != ROLE_RELAY_HOLDER) {
        TRY(store_blind_met(tx, &(BlindMet){actor->unit, closed_up_to(actor->now), LIST_MAX}, keep, &rows.met));
        TRY(store_blind_same(tx, closed_up_to(actor->now), keep, &rows.same));
    }
    TRY(unit_ids(&rows, keep, &units));
    TRY(unit_names_read(tx, units.ids, units.count, keep, &rows.units));
    *ret_rows = rows;
    return ok();
}

static Err items_of(const BlindRequestRows *rows, const UnitNames *units, int64_t now, Arena *keep, BlindItems *ret_items)
{
    BlindItem *items = NULL;

    TRY(ARENA_NEW(keep, BlindItem, (size_t)rows->count + 1, &items));
    for (uint32_t i = 0; i < rows->count; i++) {
        const BlindRequestRow *row = &rows->items[i];
        Day closes = clock_day(CLOCK_BLIND_REQUEST_END, oslo_day(row->at), NULL);
        items[i] = (BlindItem){.at = row->at, .closes_on = closes,
                               .open = oslo_day(now) < closes, .of_family = row->reason == BLIND_OF_FAMILY, .unit = unit_names_get(units, row->unit)};
        TRY(str_format(keep, &items[i].code, "%u", row->reason));
    }
    *ret_items = (BlindItems){items, rows->count};
    return ok();
}

/* Those of the logs that a request met which the reader's unit has, or all for whoever is of no unit; at the front of logs. */
static uint32_t met_by(const Actor *actor, const BlindSame *same, const BlindRequestRow *row, const LogRow **logs)
{
    const uint32_t found = blind_same_of(same, row, logs);
    uint32_t count = 0;

    for (uint32_t i = 0; i < found; i++)
        if (id_is_none(actor->unit) || id_equal(logs[i]->unit, actor->unit))
            logs[count++] = logs[i];
    return count;
}

/* Each on a line of its own. */
static Err met_items(const Actor *actor, const BlindRows *rows, Arena *keep, BlindItems *ret_items)
{
    BlindItem *items = NULL;
    const LogRow **logs = NULL;
    BlindItems all = {0};
    uint32_t count = 0;

    TRY(items_of(&rows->met, &rows->units, actor->now, keep, &all));
    TRY(ARENA_NEW(keep, const LogRow *, (size_t)rows->same.logs.count + 1, &logs));
    for (uint32_t i = 0; i < all.count; i++)
        count += met_by(actor, &rows->same, &rows->met.items[i], logs);
    TRY(ARENA_NEW(keep, BlindItem, (size_t)count + 1, &items));
    count = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        const uint32_t met = met_by(actor, &rows->same, &rows->met.items[i], logs);
        for (uint32_t k = 0; k < met; k++) {
            items[count] = all.items[i];
            items[count++].log = logs[k]->id;
        }
    }
    *ret_items = (BlindItems){items, count};
    return ok();
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

Err blind_requests(Service *service, const Actor *actor, Arena *keep, BlindLists *ret_lists)
{
    AuditLine line = service_line(actor, ACT_BLIND_REQUESTS_READ, OBJECT_NONE, (Id){0});
    Why why = WHY_UNDECIDED;
    BlindLists lists = {0};
    BlindRows rows = {0};

    TRY(read_lists(actor, keep, &why, &rows));
    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_BLIND_REQUESTS_READ, OBJECT_NONE, (Id){0}, why);
    TRY(unit_names_open(service, actor, &rows.units, keep));
    TRY(items_of(&rows.sent, &rows.units, actor->now, keep, &lists.sent));
    TRY(met_items(actor, &rows, keep, &lists.met));
    line.amount = rows.sent.count + rows.met.count;
    TRY(store_write(actor->store, write_line, &line));
    *ret_lists = lists;
    return ok();
}

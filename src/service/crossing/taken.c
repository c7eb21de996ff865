/* A log of another municipality that waits for a unit's answer.
 * Must not make anything here before it is given up there.
 * Called by web and api. */
#include "service/crossing/taken.h"

#include "base/calendar.h"
#include "domain/clocks.h"
#include "domain/transfer.h"
#include "service/crossing/crossings.h"
#include "service/crossing/leave.h"
#include "service/crossing/steps.h"
#include "service/people/elsewhere.h"
#include "service/people/office.h"

#define ROW_ARENA ((size_t)32 << 20)

/* Which logs: the row says. */
static Why may(const Actor *actor, Act act, Relation relation)
{
    return policy_decide((Ask){.act = act, .role = actor->role, .relation = relation});
}

static bool is_theirs(const Actor *actor, const CrossingRow *row)
{
    return row->way == CROSSING_COMES && id_equal(row->unit, actor->unit) && crossing_waits(row->step, row->proposed_at, actor->now);
}

static CrossingAsked asked_of(const CrossingRow *row)
{
    return (CrossingAsked){.id = row->id, .place = row->place, .at = row->proposed_at, .on = oslo_day(row->on_at),
                           .until = clock_day(CLOCK_TRANSFER_END, oslo_day(row->proposed_at), NULL) - 1};
}

static Err read_row(const Actor *actor, Act act, Id id, Arena *keep, CrossingRow *ret_row)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Relation relation = RELATION_NONE;

    TRY(store_read(actor->store, &tx));
    TRY(office_relation(tx, actor, &relation));
    if (may(actor, act, relation) != WHY_ALLOWED)
        return fail(E_NOT_FOUND);
    TRY(store_crossing(tx, id, keep, ret_row));
    return is_theirs(actor, ret_row) ? ok() : fail(E_NOT_FOUND);
}

Err crossing_asked(const Actor *actor, Id id, Arena *keep, CrossingAsked *ret_asked)
{
    CrossingRow row = {0};

    TRY(read_row(actor, ACT_TRANSFER_TAKE, id, keep, &row));
    *ret_asked = asked_of(&row);
    return ok();
}

/* ---- the answer ---- */

typedef struct Answering {
    Service *service;
    Actor there;       /* nobody, where the log is */
    CrossingRow row;   /* there */
} Answering;

static Err begin(Service *service, const Actor *actor, const CrossingRow *row, Arena *keep, Answering *answering)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    answering->service = service;
    TRY(elsewhere_enter(service, row->other, actor->now, &answering->there));
    TRY(store_read(answering->there.store, &tx));
    return store_crossing(tx, row->id, keep, &answering->row);
}

static void end(Answering *answering)
{
    if (!id_is_none(answering->there.grant))
        elsewhere_leave(answering->service, &answering->there);
}

/* Who of the unit could hold it. */
static Err check_holder(const Actor *actor, Id holder)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRow role = {0};

    TRY(store_read(actor->store, &tx));
    Err found = store_role_by_id(tx, holder, &role);
    if (found.id == E_NOT_FOUND)
        return fail(E_INVALID);
    TRY(found);
    if (role.role != ROLE_RELAY_HOLDER || !id_equal(role.unit, actor->unit))
        return fail(E_INVALID);
    Err held = office_is_of(tx, holder, role.person, actor->now);
    return held.id == E_NOT_FOUND ? fail(E_INVALID) : held;
}

static Err answer_work(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

/* Its line, before anything happens: whoever answers is known, whatever comes of it. */
static Err write_line(const Actor *actor, Act act, Id id)
{
    AuditLine line = service_line(actor, act, OBJECT_NONE, id);

    return store_write(actor->store, answer_work, &line);
}

/* Where the log is made here the job would do it within a minute: whoever took it need not wait for that. */
static Err finish(Service *service, const Actor *actor, const CrossingRow *row, Arena *keep, Id *ret_log)
{
    const CrossingOn on = {service, row->other, actor->now};
    AUTO(store_read_endp) Tx *tx = NULL;
    CrossingRow came = {0};
    bool went = false;

    *ret_log = (Id){0};
    Err gone = crossing_go_on(&on, row->id, &went);
    if (!is_ok(gone))
        return ok();
    TRY(store_read(actor->store, &tx));
    TRY(store_crossing(tx, row->id, keep, &came));
    *ret_log = came.log;
    return ok();
}

/* It is of another installation, which is told by a file. */
static Err is_remote(Service *service, const CrossingRow *row, Arena *keep, bool *ret_remote)
{
    Municipality other;

    Err found = municipality_by_id(service, row->other, keep, &other);
    *ret_remote = found.id == E_NOT_FOUND;
    return *ret_remote ? ok() : found;
}

static Err answer_by_file(const Actor *actor, CrossingRow *row, CrossingTaker taker, enum CrossingStep step)
{
    row->taken_by = taker.taken_by;
    row->holder = taker.holder;
    row->taken_at = actor->now;
    return crossing_step(actor, row, step);
}

Err crossing_take(Service *service, const Actor *actor, Id id, Id holder, Id *ret_log)
{
    AUTO(arena_freep) Arena *keep = NULL;
    AUTO(end) Answering answering = {0};
    CrossingRow row = {0};
    bool remote = false;

    TRY(arena_new(ROW_ARENA, &keep));
    TRY(read_row(actor, ACT_TRANSFER_TAKE, id, keep, &row));
    TRY(check_holder(actor, holder));
    TRY(service_proved(actor, ACT_TRANSFER_TAKE));
    TRY(write_line(actor, ACT_TRANSFER_TAKE, id));
    TRY(is_remote(service, &row, keep, &remote));
    *ret_log = (Id){0};
    if (remote)
        return answer_by_file(actor, &row, (CrossingTaker){actor->role_row, holder}, CROSSING_LEFT);
    TRY(begin(service, actor, &row, keep, &answering));
    Err left = crossing_leave(service, &answering.there, &answering.row, (CrossingTaker){actor->role_row, holder});
    if (left.id == E_INVALID)
        return fail(E_STALE);
    TRY(left);
    return finish(service, actor, &row, keep, ret_log);
}

Err crossing_refuse(Service *service, const Actor *actor, Id id)
{
    AUTO(arena_freep) Arena *keep = NULL;
    AUTO(end) Answering answering = {0};
    CrossingRow row = {0};
    bool remote = false;
    Id none;

    TRY(arena_new(ROW_ARENA, &keep));
    TRY(read_row(actor, ACT_TRANSFER_REFUSE, id, keep, &row));
    TRY(write_line(actor, ACT_TRANSFER_REFUSE, id));
    TRY(is_remote(service, &row, keep, &remote));
    if (remote)
        return answer_by_file(actor, &row, (CrossingTaker){0}, CROSSING_DROPPED);
    TRY(begin(service, actor, &row, keep, &answering));
    Err stayed = crossing_stay(service, &answering.there, &answering.row);
    if (stayed.id == E_INVALID)
        return fail(E_STALE);
    TRY(stayed);
    return finish(service, actor, &row, keep, &none);
}

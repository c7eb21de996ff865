/* The job `units`: what is left of closed units goes to the unit that follows each.
 * Must not open an entry of any log; the work grows with what is left, and with nothing else.
 * Called by jobs.c. */
#include "service/jobs/unit.h"

#include "domain/period.h"
#include "service/heads.h"
#include "service/log/change.h"
#include "service/log/due.h"
#include "service/log/enter.h"
#include "service/log/task.h"
#include "service/log/tell.h"
#include "service/people/closing.h"
#include "service/people/rights.h"
#include "store/inbox.h"
#include "store/moving/moving.h"

#define LIST_ARENA ((size_t)1 << 20)
#define LOG_ARENA ((size_t)64 << 20)
#define PAGE 100
#define GRANT_MS (INT64_C(8) * 60 * 60 * 1000)

/* One unit on its way. */
typedef struct Moving {
    JobRun *run;
    Actor *actor;
    Id unit, into;
} Moving;

static AuditLine line_of(const Moving *moving)
{
    AuditLine line = service_line(moving->actor, ACT_UNIT_FOLLOW, OBJECT_UNIT, moving->unit);

    line.at = moving->run->now;
    return line;
}

/* ---- people ---- */

typedef struct Staff {
    const Moving *moving;
    Arena *arena;
    RoleRows roles; /* of the closed unit */
    bool ends;      /* they end there; else they begin in the other */
} Staff;

static bool goes_on(const RoleRow *row, int64_t now)
{
    return !period_has_ended(PERIOD_OF(row), now);
}

/* Who leads the closed unit does not lead the other by that: an administrator appoints (rules: access 24). */
static bool follows(const RoleRow *row, int64_t now)
{
    return goes_on(row, now) && (row->role == ROLE_RELAY_HOLDER || row->role == ROLE_ACTOR);
}

static Err begin_role(Tx *tx, const Staff *staff, const RoleRow *row)
{
    const Moving *moving = staff->moving;
    RoleRow role = *row;

    role.unit = moving->into;
    role.from_at = period_has_begun(PERIOD_OF(row), moving->run->now) ? moving->run->now : row->from_at;
    TRY(world_id(moving->run->service->world, &role.id));
    Err is_new = role_is_new(tx, &role, staff->arena);
    if (is_new.id == E_RANGE)
        return ok();
    TRY(is_new);
    return store_role_insert(tx, &role);
}

static Err staff_work(Tx *tx, void *context)
{
    const Staff *staff = context;
    const int64_t now = staff->moving->run->now;
    const AuditLine line = line_of(staff->moving);

    TRY(store_audit(tx, &line));
    for (uint32_t i = 0; i < staff->roles.count; i++) {
        const RoleRow *row = &staff->roles.items[i];
        GrantRows grants = {0};
        if (!staff->ends && follows(row, now))
            TRY(begin_role(tx, staff, row));
        if (staff->ends && goes_on(row, now))
            TRY(store_role_end(tx, row->id, now, staff->arena, &grants));
    }
    return ok();
}

static Err read_roles(const Moving *moving, Arena *keep, RoleRows *ret_roles)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(moving->run->store, &tx));
    return store_roles_of_unit(tx, moving->unit, keep, ret_roles);
}

static bool any_goes_on(const RoleRows *roles, int64_t now)
{
    for (uint32_t i = 0; i < roles->count; i++)
        if (goes_on(&roles->items[i], now))
            return true;
    return false;
}

static Err move_staff(const Moving *moving, bool ends)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Staff staff = {.moving = moving, .ends = ends};

    TRY(arena_new(LIST_ARENA, &arena));
    staff.arena = arena;
    TRY(read_roles(moving, arena, &staff.roles));
    return any_goes_on(&staff.roles, moving->run->now) ? store_write(moving->run->store, staff_work, &staff) : ok();
}

/* ---- logs ---- */

typedef struct Following {
    const Moving *moving;
    const LogEntered *entered;
    Consents consents;
    bool refused; /* somebody's yes to the one is none to the other */
    InboxRows told;
} Following;

/* When something was taken back, whole or in part: what of it is sealed, and not opened here. */
static Err taken_back(const LogEntered *entered, Arena *keep, Consents *consents)
{
    ConsentTaken *taken = NULL;

    TRY(ARENA_NEW(keep, ConsentTaken, (size_t)entered->newest.count + 1, &taken));
    for (uint32_t i = 0; i < entered->newest.count; i++)
        if (entered->newest.items[i].first->kind == KIND_WITHDRAWAL)
            taken[consents->taken_count++].at = entered->newest.items[i].first->at;
    consents->taken = taken;
    return ok();
}

/* A consent that names both already names the other once; one that may not goes on naming the closed one, in which nobody is. */
static bool consent_follows(const Following *following, uint32_t row)
{
    const ConsentUnit *named = &following->consents.units[row];

    if (!id_equal(named->unit, following->moving->unit) || !consents_follow(&following->consents, named->consent, following->moving->into))
        return false;
    for (uint32_t i = 0; i < following->consents.unit_count; i++)
        if (id_equal(following->consents.units[i].consent, named->consent) &&
            id_equal(following->consents.units[i].unit, following->moving->into))
            return false;
    return true;
}

/* The newest of its giver names the closed unit, and may not name the other. */
static bool is_refused(const Following *following, uint32_t consent)
{
    const Consents *consents = &following->consents;
    const Id id = consents->items[consent].id;

    if (consents_worth(consents, consent, following->moving->run->now) == CONSENT_REPLACED ||
        consents_follow(consents, id, following->moving->into))
        return false;
    for (uint32_t i = 0; i < consents->unit_count; i++)
        if (id_equal(consents->units[i].consent, id) && id_equal(consents->units[i].unit, following->moving->unit))
            return true;
    return false;
}

static Err look_ahead(const Moving *moving, const LogEntered *entered, Arena *keep, Following *ret_following)
{
    Following following = {.moving = moving, .entered = entered, .consents = entered->consents};

    TRY(taken_back(entered, keep, &following.consents));
    for (uint32_t i = 0; i < following.consents.count; i++)
        following.refused = following.refused || is_refused(&following, i);
    *ret_following = following;
    return ok();
}

static bool place_follows(const Following *following, const ParticipantRow *row)
{
    return id_equal(row->unit, following->moving->unit) && !period_has_ended(PERIOD_OF(row), following->moving->run->now);
}

/* Whoever was let in by the family's yes to the one unit is out where there is none to the other. */
static bool place_ends(const Following *following, const ParticipantRow *row)
{
    return row->role == ROLE_ACTOR && following->refused;
}

static bool is_anything(const Following *following)
{
    const LogContent *content = &following->entered->content;
    bool any = id_equal(content->log.unit, following->moving->unit);

    for (uint32_t i = 0; i < content->participants.count; i++)
        any = any || place_follows(following, &content->participants.items[i]);
    for (uint32_t i = 0; i < following->consents.unit_count; i++)
        any = any || consent_follows(following, i);
    return any;
}

static Err put_places(Tx *tx, const Following *following)
{
    const ParticipantRows *people = &following->entered->content.participants;

    for (uint32_t i = 0; i < people->count; i++) {
        const ParticipantRow *row = &people->items[i];
        if (place_follows(following, row))
            TRY(place_ends(following, row) ? store_participant_end(tx, row->id, following->moving->run->now)
                                           : store_participant_move(tx, row->id, following->moving->into));
    }
    return ok();
}

static Err put(Tx *tx, void *self)
{
    const Following *following = self;
    const ConsentUnitRows *rows = &following->entered->content.consent_units;

    TRY(put_places(tx, following));
    for (uint32_t i = 0; i < rows->count; i++)
        if (consent_follows(following, i))
            TRY(store_consent_unit_move(tx, rows->items[i].id, following->moving->into));
    return store_inbox_tell(tx, &following->told, NULL);
}

/* The family and the holder are told: whoever said yes to the one unit may say no to the other. */
static Err follow(const Moving *moving, const LogReader *reader, Id log, bool *ret_changed)
{
    const LogTold told = {.notice = NOTICE_UNIT_MOVED};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Following following;
    Why why = WHY_UNDECIDED;

    TRY(log_enter_following(reader, log, &entered));
    TRY(look_ahead(moving, &entered, reader->keep, &following));
    if (!is_anything(&following))
        return ok();
    TRY(log_tell_rows(reader, &entered, &entered.content.log, (LogTellList){.items = &told, .count = 1, .also = moving->into}, &following.told));
    LogChange change = {.log = entered.content.log, .quiet = true, .put = put, .self = &following};
    if (id_equal(change.log.unit, moving->unit))
        change.log.unit = moving->into;
    change.amount = following.told.count;
    *ret_changed = true;
    return log_change(reader->actor, &entered, &change, reader->keep, &why);
}

/* Overtaken by somebody's act, it is entered anew; held, it stays. */
static Err move_log(const Moving *moving, Id log)
{
    bool changed = false;
    Err moved = ok();

    for (int i = 0; i < LOG_TRIES; i++) {
        AUTO(arena_freep) Arena *keep = NULL;
        TRY(arena_new(LOG_ARENA, &keep));
        moving->actor->now = moving->run->now;
        TRY(world_id(moving->run->service->world, &moving->actor->request));
        changed = false;
        moved = follow(moving, &(LogReader){moving->run->service, moving->actor, keep}, log, &changed);
        if (moved.id != E_STALE)
            break;
    }
    moving->run->counts.looked++;
    moving->run->counts.changed += is_ok(moved) && changed;
    if (moved.id == E_FORGED || moved.id == E_STALE || moved.id == E_NOT_FOUND)
        return job_step(moving->run);
    TRY(moved);
    return job_step(moving->run);
}

static Err next_page(const Moving *moving, int64_t after, Arena *keep, LogRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(moving->run->store, &tx));
    return store_logs_naming_unit(tx, &(LogsAfter){.unit = moving->unit, .no = after, .max = PAGE}, keep, ret_rows);
}

static Err move_logs(const Moving *moving)
{
    LogRows rows = {0};
    int64_t after = 0;

    do {
        AUTO(arena_freep) Arena *keep = NULL;
        TRY(arena_new(LIST_ARENA, &keep));
        TRY(next_page(moving, after, keep, &rows));
        for (uint32_t i = 0; i < rows.count; i++) {
            after = rows.items[i].no;
            TRY(move_log(moving, rows.items[i].id));
        }
        moving->run->more = moving->run->order->begins && rows.count == PAGE;
    } while (rows.count == PAGE && !moving->run->more);
    return ok();
}

/* ---- units ---- */

static Err is_empty(const JobRun *run, Id unit, bool *ret_empty)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(run->store, &tx));
    return store_unit_is_empty(tx, unit, run->now, ret_empty);
}

static Err move_unit(const Moving *moving)
{
    TRY(move_staff(moving, false));
    TRY(move_logs(moving));
    return moving->run->more ? ok() : move_staff(moving, true);
}

static Err read_units(const JobRun *run, Arena *keep, UnitRows *ret_units)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(run->store, &tx));
    return store_units(tx, keep, ret_units);
}

static Err move_all(JobRun *run, Actor *actor, const UnitRows *units)
{
    for (uint32_t i = 0; i < units->count && !run->more; i++) {
        Moving moving = {.run = run, .actor = actor, .unit = units->items[i].id};
        bool empty = true;
        if (units->items[i].closed_at == 0 || !is_ok(unit_follower(units, moving.unit, &moving.into)))
            continue;
        TRY(is_empty(run, moving.unit, &empty));
        if (!empty && id_is_none(actor->grant))
            TRY(heads_grant(run->service, (GrantWish){.tenant = actor->tenant, .ends_at = run->now + GRANT_MS}, &actor->grant));
        if (!empty)
            TRY(move_unit(&moving));
    }
    return ok();
}

Err units_run(JobRun *run)
{
    AUTO(arena_freep) Arena *keep = NULL;
    Actor actor = {.tenant = run->order->tenant, .store = run->store, .now = run->now};
    UnitRows units = {0};

    if (run->order->dry)
        return ok();
    TRY(arena_new(LIST_ARENA, &keep));
    TRY(read_units(run, keep, &units));
    TRY(world_id(run->service->world, &actor.request));
    Err moved = move_all(run, &actor, &units);
    if (!id_is_none(actor.grant)) {
        Err ended = keys_grant_end(run->service->keys, actor.grant);
        (void)ended; /* it ends by itself */
    }
    return moved;
}

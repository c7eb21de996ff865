/* Logs on their way to another municipality go on.
 * Must not do a step twice: each row goes on from the version that was read, and what is there already is passed over.
 * Called by taken.c and by the job `crossings`. */
#include "service/crossing/crossings.h"

#include "domain/clocks.h"
#include "domain/notices.h"
#include "domain/period.h"
#include "domain/transfer.h"
#include "service/crossing/arrive.h"
#include "service/crossing/parcel.h"
#include "service/heads.h"
#include "service/people/elsewhere.h"
#include "service/people/unit_names.h"
#include "store/inbox.h"

#define ON_ARENA ((size_t)256 << 20)
#define LIST_ARENA ((size_t)1 << 20)
#define GRANT_MS (INT64_C(10) * 60 * 1000)

/* One step of one crossing. */
typedef struct Going {
    const CrossingOn *on;
    Arena *keep;
    Actor here;        /* nobody, where the log is */
    Actor there;       /* nobody, where it goes */
    CrossingRow row;   /* here */
    CrossingRow came;  /* there; zeros: it was not asked yet */
} Going;

static void going_done(Going *going)
{
    if (!id_is_none(going->here.grant))
        elsewhere_leave(going->on->service, &going->here);
    if (!id_is_none(going->there.grant))
        elsewhere_leave(going->on->service, &going->there);
}

static Err read_row(Store *store, Id id, Arena *keep, CrossingRow *ret_row)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    *ret_row = (CrossingRow){0};
    TRY(store_read(store, &tx));
    Err found = store_crossing(tx, id, keep, ret_row);
    return found.id == E_NOT_FOUND ? ok() : found;
}

/* ---- rows, each with its line ---- */

typedef struct Putting {
    Going *going;
    const CrossingRow *row;
    bool is_new, ends;  /* what was sealed is gone with its key */
    AuditLine line;
    InboxRows told;
} Putting;

static Err put_work(Tx *tx, void *context)
{
    Putting *putting = context;

    TRY(putting->is_new ? store_crossing_insert(tx, putting->row) : store_crossing_update(tx, putting->row));
    if (putting->ends) {
        Err key = store_scope_delete(tx, putting->row->id);
        if (key.id != E_NOT_FOUND)
            TRY(key);
    }
    TRY(store_inbox_tell(tx, &putting->told, NULL));
    return store_audit(tx, &putting->line);
}

/* The line of whoever's row it is; of two that do the same the second finds it done. */
static Err put_row(Going *going, const Actor *actor, Putting *putting)
{
    putting->going = going;
    putting->line = service_line(actor, ACT_TRANSFER_ASK, OBJECT_NONE, putting->row->id);
    putting->line.reason = putting->row->step;
    Err done = store_write(actor->store, put_work, putting);
    return done.id == E_DUPLICATE ? ok() : done;
}

static Err step_to(Going *going, enum CrossingStep step)
{
    CrossingRow row = going->row;
    const bool over = step >= CROSSING_OPEN;

    row.step = (uint8_t)step;
    if (over)
        row.sealed = row.done = STR_NONE;
    TRY(put_row(going, &going->here, &(Putting){.row = &row, .ends = over}));
    row.version++;
    going->row = row;
    return ok();
}

/* ---- the other is asked ---- */

static Err place_here(Going *going, Str *ret_place)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Municipality municipality;
    LogRow log = {0};
    Str name = STR_NONE;

    TRY(store_read(going->here.store, &tx));
    TRY(store_log_by_id(tx, going->row.log, &log));
    store_read_endp(&tx);
    TRY(people_unit_names(going->on->service, &going->here, (IdList){&log.unit, 1}, going->keep, &name));
    TRY(municipality_by_id(going->on->service, going->here.tenant, going->keep, &municipality));
    return str_format(going->keep, ret_place, "%.*s, %.*s", (int)name.length, name.data, (int)municipality.name.length,
                      municipality.name.data);
}

/* The managers of the unit: that a log waits, and nothing of it. */
static Err tell_managers(Going *going, InboxRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows roles = {0};
    InboxRow *items = NULL;
    uint32_t count = 0;

    TRY(store_read(going->there.store, &tx));
    TRY(store_roles_of_unit(tx, going->row.unit, going->keep, &roles));
    TRY(ARENA_NEW(going->keep, InboxRow, (size_t)roles.count + 1, &items));
    for (uint32_t i = 0; i < roles.count; i++) {
        if (roles.items[i].role != ROLE_ORG_MANAGER || !period_in_force(PERIOD_OF(&roles.items[i]), going->on->now))
            continue;
        items[count] = (InboxRow){.person = roles.items[i].person, .event = NOTICE_TRANSFER_PENDING, .object = going->row.id,
                                  .at = going->on->now, .mailed = notice_is_mailed(NOTICE_TRANSFER_PENDING)};
        TRY(world_id(going->on->service->world, &items[count++].id));
    }
    *ret_rows = (InboxRows){items, count};
    return ok();
}

static Err ask_there(Going *going)
{
    CrossingRow row = {.id = going->row.id, .way = CROSSING_COMES, .other = going->here.tenant, .unit = going->row.unit,
                       .step = CROSSING_ASKED, .proposed_at = going->row.proposed_at, .on_at = going->row.on_at, .version = 1};
    Putting putting = {.row = &row, .is_new = true};

    if (id_is_none(going->came.id)) {
        TRY(place_here(going, &row.place));
        TRY(tell_managers(going, &putting.told));
        TRY(put_row(going, &going->there, &putting));
    }
    return step_to(going, CROSSING_ASKED);
}

/* ---- the other's log is made ---- */

/* Whoever took it, with a grant for this: what they have taken is carried out though they are not here any more. */
static Err enter_taker(Going *going, Actor *ret_taker)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Actor taker = going->there;
    RoleRow role = {0};

    TRY(store_read(taker.store, &tx));
    TRY(store_role_by_id(tx, going->row.taken_by, &role));
    store_read_endp(&tx);
    if (role.role != ROLE_ORG_MANAGER || !id_equal(role.unit, going->row.unit))
        return fail(E_FORGED);
    taker.person = role.person;
    taker.role = ROLE_ORG_MANAGER;
    taker.role_row = role.id;
    taker.unit = role.unit;
    TRY(world_id(going->on->service->world, &taker.request));
    const GrantWish wish = {.tenant = taker.tenant, .person = taker.person, .role = ROLE_ORG_MANAGER, .ends_at = going->on->now + GRANT_MS};
    TRY(heads_grant(going->on->service, wish, &taker.grant));
    *ret_taker = taker;
    return ok();
}

static Err holder_of(const Going *going, Id *ret_person)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRow role = {0};

    TRY(store_read(going->there.store, &tx));
    TRY(store_role_by_id(tx, going->row.holder, &role));
    *ret_person = role.person;
    return role.role == ROLE_RELAY_HOLDER && id_equal(role.unit, going->row.unit) ? ok() : fail(E_FORGED);
}

static Err land(Going *going, const Actor *taker)
{
    Service *service = going->on->service;
    Arriving arriving = {.row = &going->came, .left = &going->row};
    Str file = STR_NONE, content = STR_NONE;
    CrossingPart part;
    KeysStatus status;
    Id log;

    TRY(holder_of(going, &arriving.holder));
    TRY(crossing_pack(service, &going->here, &going->row, going->keep, &file));
    TRY(keys_status(service->keys, &status));
    const ParcelExpected expected = {.file = file, .transfer = going->row.id, .from = going->here.tenant, .unit = going->row.unit,
                                     .sender = status.head_public};
    TRY(crossing_unpack(service, taker, &expected, going->keep, &content));
    TRY(crossing_part_read(content, &going->row.hash, going->keep, &part));
    arriving.part = &part;
    return crossing_arrive(service, taker, &arriving, &log);
}

static Err make_there(Going *going)
{
    Actor taker = {0};

    if (going->came.step != CROSSING_DONE) {
        TRY(enter_taker(going, &taker));
        Err landed = land(going, &taker);
        elsewhere_leave(going->on->service, &taker);
        if (landed.id != E_STALE) /* it is there already */
            TRY(landed);
    }
    return step_to(going, CROSSING_DONE);
}

/* ---- nothing comes of it ---- */

static Err drop_there(Going *going)
{
    CrossingRow row = going->came;

    row.step = CROSSING_OFF;
    if (going->came.step == CROSSING_ASKED)
        TRY(put_row(going, &going->there, &(Putting){.row = &row}));
    return step_to(going, CROSSING_OFF);
}

static bool is_over(const Going *going)
{
    return going->on->now >= clock_due(CLOCK_TRANSFER_END, going->row.proposed_at, NULL);
}

/* ---- one ---- */

static Err step_once(Going *going, bool *ret_went)
{
    const unsigned step = going->row.step;

    *ret_went = true;
    if (step == CROSSING_READY && !is_over(going))
        return ask_there(going);
    if (step == CROSSING_LEFT)
        return make_there(going);
    if (step == CROSSING_DROPPED || ((step == CROSSING_ASKED || step == CROSSING_READY) && is_over(going)))
        return drop_there(going);
    if (step == CROSSING_PROPOSED && is_over(going))
        return step_to(going, CROSSING_OFF);
    *ret_went = false;
    return ok();
}

static Err begin(const CrossingOn *on, Id crossing, Arena *keep, Going *going)
{
    Store *here = NULL;

    TRY(store_of(on->service->stores, on->tenant, &here));
    TRY(read_row(here, crossing, keep, &going->row));
    bool waits = (going->row.step == CROSSING_ASKED || going->row.step == CROSSING_PROPOSED) && !is_over(going);
    if (id_is_none(going->row.id) || going->row.way != CROSSING_GOES || going->row.step >= CROSSING_OPEN || waits)
        return fail(E_NOT_FOUND);
    TRY(elsewhere_enter(on->service, on->tenant, on->now, &going->here));
    TRY(elsewhere_enter(on->service, going->row.other, on->now, &going->there));
    return read_row(going->there.store, crossing, keep, &going->came);
}

Err crossing_go_on(const CrossingOn *on, Id crossing, bool *ret_went)
{
    AUTO(arena_freep) Arena *keep = NULL;
    AUTO(going_done) Going going = {.on = on};

    *ret_went = false;
    TRY(arena_new(ON_ARENA, &keep));
    going.keep = keep;
    Err begun = begin(on, crossing, keep, &going);
    if (begun.id == E_NOT_FOUND)
        return ok();
    TRY(begun);
    Err stepped = step_once(&going, ret_went);
    return stepped.id == E_STALE ? ok() : stepped; /* somebody else goes on with it */
}

Err crossings_go_on(const CrossingOn *on, CrossingHearer hearer, uint32_t *ret_went)
{
    AUTO(arena_freep) Arena *keep = NULL;
    AUTO(store_read_endp) Tx *tx = NULL;
    CrossingIds rows = {0};
    Store *store = NULL;
    bool went = false;

    TRY(store_of(on->service->stores, on->tenant, &store));
    TRY(arena_new(LIST_ARENA, &keep));
    TRY(store_read(store, &tx));
    TRY(store_crossings_open(tx, CROSSING_GOES, CROSSING_OPEN, keep, &rows));
    store_read_endp(&tx);
    for (uint32_t i = 0; i < rows.count; i++) {
        Err gone = crossing_go_on(on, rows.items[i].id, &went);
        *ret_went += is_ok(gone) && went;
        if (!is_ok(gone))
            hearer.failed(hearer.self, rows.items[i].id, gone);
    }
    return ok();
}

/* Logs on their way to another municipality go on.
 * Must not do a step twice: each row goes on from the version that was read, and what is there already is passed over.
 * Called by taken.c and by the job `crossings`. */
#include "service/crossing/crossings.h"

#include "domain/clocks.h"
#include "service/crossing/arrive.h"
#include "service/crossing/parcel.h"
#include "service/crossing/steps.h"
#include "service/people/elsewhere.h"

#define ON_ARENA ((size_t)256 << 20)
#define LIST_ARENA ((size_t)1 << 20)

/* One step of one crossing. */
typedef struct Going {
    const CrossingOn *on;
    Arena *keep;
    Actor here;        /* nobody, where the log is */
    Actor there;       /* nobody, where it goes */
    CrossingRow row;   /* here */
    bool remote;       /* it is of another installation, and is told by files (post.h) */
    CrossingRow came;  /* there; zeros: it was not asked yet */
} Going;

static void going_done(Going *going)
{
    if (!id_is_none(going->here.grant))
        elsewhere_leave(going->on->service, &going->here);
    if (!id_is_none(going->there.grant))
        elsewhere_leave(going->on->service, &going->there);
}

/* ---- the other is asked ---- */

static Err ask_there(Going *going)
{
    CrossingRow row = {.id = going->row.id, .way = CROSSING_COMES, .other = going->here.tenant, .unit = going->row.unit,
                       .step = CROSSING_ASKED, .proposed_at = going->row.proposed_at, .on_at = going->row.on_at, .version = 1};
    CrossingPut put = {.row = &row, .is_new = true};

    if (id_is_none(going->came.id)) {
        TRY(crossing_place_of(going->on->service, &going->here, going->row.log, going->keep, &row.place));
        TRY(crossing_managers(going->on->service, &going->there, &row, going->keep, &put.told));
        TRY(crossing_put(&going->there, &put));
    }
    return crossing_step(&going->here, &going->row, CROSSING_ASKED);
}

/* ---- the other's log is made ---- */

static Err land(Going *going, const Actor *taker)
{
    Service *service = going->on->service;
    Arriving arriving = {.row = &going->came, .left = &going->row};
    Str file = STR_NONE, content = STR_NONE;
    CrossingPart part;
    KeysStatus status;
    Id log;

    TRY(crossing_holder(&going->there, &going->row, &arriving.holder));
    TRY(crossing_pack(service, &going->here, &going->row, going->keep, &file));
    TRY(keys_status(service->keys, &status));
    const ParcelExpected expected = {.file = file, .transfer = going->row.id, .from = going->here.tenant, .unit = going->row.unit,
                                     .sender = status.head_public};
    TRY(crossing_unpack(service, taker, &expected, going->keep, &content));
    TRY(crossing_part_read(content, &going->row.hash, going->keep, &part));
    arriving.part = &part;
    return crossing_arrive(service, taker, &arriving, &log);
}

/* Its log is there. The row must say so: one that does not was put back by somebody. */
static Err is_there(Going *going)
{
    TRY(crossing_read(going->there.store, going->row.id, going->keep, &going->came));
    return going->came.step == CROSSING_DONE ? ok() : fail(E_FORGED);
}

static Err make_there(Going *going)
{
    Actor taker = {0};

    if (going->came.step != CROSSING_DONE) {
        TRY(crossing_taker(going->on->service, &going->there, &going->row, &taker));
        Err landed = land(going, &taker);
        elsewhere_leave(going->on->service, &taker);
        if (landed.id == E_DUPLICATE || landed.id == E_STALE) /* there already, or the other's row is over */
            landed = is_there(going);
        TRY(landed);
    }
    return crossing_step(&going->here, &going->row, CROSSING_DONE);
}

/* Its manager may have opened it again before it was made there, and an old row may have been put back: what does not rest because it
 * moved goes nowhere. */
static Err rests(const Going *going, bool *ret_rests)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogRow log = {0};

    TRY(store_read(going->here.store, &tx));
    TRY(store_log_by_id(tx, going->row.log, &log));
    *ret_rests = log.state == STATE_PASSIVE && log.closed_reason == CLOSING_MOVED;
    return ok();
}

static Err go_over(Going *going)
{
    bool goes = false;

    TRY(rests(going, &goes));
    return goes || going->came.step == CROSSING_DONE ? make_there(going) : crossing_step(&going->here, &going->row, CROSSING_DROPPED);
}

/* ---- nothing comes of it ---- */

static Err drop_there(Going *going)
{
    CrossingRow row = going->came;

    row.step = CROSSING_OFF;
    if (going->came.step == CROSSING_ASKED)
        TRY(crossing_put(&going->there, &(CrossingPut){.row = &row}));
    return crossing_step(&going->here, &going->row, CROSSING_OFF);
}

/* Its row here is closed first: whoever takes it in this moment gives it up by the same row, and one of the two is heard. */
static Err call_off(Going *going)
{
    TRY(crossing_step(&going->here, &going->row, CROSSING_DROPPED));
    return drop_there(going);
}

static bool is_over(const Going *going)
{
    return going->on->now >= clock_due(CLOCK_TRANSFER_END, going->row.proposed_at, NULL);
}

/* ---- one ---- */

static Err step_once(Going *going, bool *ret_went)
{
    const unsigned step = going->row.step;

    *ret_went = step < CROSSING_LEFT && is_over(going);
    if (going->remote)
        return *ret_went ? crossing_step(&going->here, &going->row, CROSSING_OFF) : ok();
    *ret_went = true;
    if (step == CROSSING_READY && !is_over(going))
        return ask_there(going);
    if (step == CROSSING_LEFT)
        return go_over(going);
    if (step == CROSSING_DROPPED)
        return drop_there(going);
    if ((step == CROSSING_ASKED || step == CROSSING_READY) && is_over(going))
        return call_off(going);
    if (step == CROSSING_PROPOSED && is_over(going))
        return crossing_step(&going->here, &going->row, CROSSING_OFF);
    *ret_went = false;
    return ok();
}

static Err begin(const CrossingOn *on, Id crossing, Arena *keep, Going *going)
{
    Store *here = NULL;

    TRY(store_of(on->service->stores, on->tenant, &here));
    TRY(crossing_read(here, crossing, keep, &going->row));
    bool waits = (going->row.step == CROSSING_ASKED || going->row.step == CROSSING_PROPOSED) && !is_over(going);
    if (id_is_none(going->row.id) || going->row.way != CROSSING_GOES || going->row.step >= CROSSING_OPEN || waits)
        return fail(E_NOT_FOUND);
    Municipality other;
    Err found = municipality_by_id(on->service, going->row.other, keep, &other);
    going->remote = found.id == E_NOT_FOUND;
    if (!going->remote)
        TRY(found);
    TRY(elsewhere_enter(on->service, on->tenant, on->now, &going->here));
    if (going->remote)
        return ok();
    TRY(elsewhere_enter(on->service, going->row.other, on->now, &going->there));
    return crossing_read(going->there.store, crossing, keep, &going->came);
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

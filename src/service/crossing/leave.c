/* A log is given up to the municipality that takes it, or stays because nobody took it.
 * Must not be half done: all of it is one work, under one head.
 * Called by taken.c and crossings.c. */
#include "service/crossing/leave.h"

#include <string.h>

#include "domain/transfer.h"
#include "domain/period.h"
#include "service/acts/transfer/coming.h"
#include "service/acts/transfer/handshake.h"
#include "service/crossing/parcel.h"
#include "service/crossing/part.h"
#include "service/log/ask.h"
#include "service/log/change.h"
#include "service/log/due.h"
#include "service/log/enter.h"
#include "service/log/lived.h"
#include "service/log/segment.h"
#include "service/log/task.h"
#include "service/log/tell.h"
#include "store/moving/moving.h"

#define LOG_ARENA ((size_t)64 << 20)
#define PART_ARENA ((size_t)256 << 20) /* as landing takes */

typedef struct Leaving {
    const CrossingRow *row;
    CrossingTaker taker;
    TransferYeses yeses; /* that go, out of what is sealed */
    bool stays;
} Leaving;

/* What the work puts. */
typedef struct Left {
    CrossingRow crossing;
    TransferRow transfer;
    EntryRow done;      /* of a log that goes */
    ParticipantRows out; /* whose part ends with it */
    int64_t at;
} Left;

/* ---- may it go? ---- */

/* As it was decided: nothing is newer than the decision, nobody of the family has left or taken anything back, and everybody who must
 * has said yes, as it is asked within a municipality. Nobody opens the log here: whose yes it was stands in what goes. */
static bool is_as_decided(const Leaving *leaving, const LogEntered *entered, const TransferRow *waiting, int64_t now)
{
    const EntryRow *decision = log_lived_last(entered, KIND_TRANSFER_DECISION);

    return waiting->step == TRANSFER_DECIDED && decision && decision->at >= waiting->proposed_at &&
           handshake_is_newest(entered, decision) && transfer_stands(&entered->consents, waiting->proposed_at, now) &&
           transfer_agreed(&entered->consents, leaving->yeses, now);
}

static Err check(const Leaving *leaving, const LogEntered *entered, int64_t now, const TransferRow **ret_waiting)
{
    const TransferRow *waiting = log_transfer_waiting(&entered->standing, now);

    if (!waiting || !id_equal(waiting->id, leaving->row->id))
        return fail(E_INVALID);
    if (!leaving->stays && !is_as_decided(leaving, entered, waiting, now))
        return fail(E_INVALID);
    *ret_waiting = waiting;
    return ok();
}

/* ---- what is put ---- */

static Err put(Tx *tx, void *self)
{
    const Left *left = self;
    int64_t no = 0;

    TRY(store_crossing_update(tx, &left->crossing));
    TRY(store_transfer_update(tx, &left->transfer));
    for (uint32_t i = 0; i < left->out.count; i++)
        TRY(store_participant_end(tx, left->out.items[i].id, left->at));
    return left->done.sealed.length > 0 ? store_entry_append(tx, &left->done, &no) : ok();
}

/* Holder and actors: they read what was written until now for some months more. */
static Err people_out(const LogEntered *entered, int64_t now, Arena *keep, ParticipantRows *ret_out)
{
    const ParticipantRows *people = &entered->content.participants;
    ParticipantRows out = {0};

    TRY(ARENA_NEW(keep, ParticipantRow, (size_t)people->count + 1, &out.items));
    for (uint32_t i = 0; i < people->count; i++) {
        const ParticipantRow *row = &people->items[i];
        bool staff = row->role == ROLE_RELAY_HOLDER || row->role == ROLE_ACTOR;
        if (staff && !period_has_ended(PERIOD_OF(row), now))
            out.items[out.count++] = *row;
    }
    *ret_out = out;
    return ok();
}

static Err done_row(const Leaving *leaving, const LogEntered *entered, int64_t now, EntryRow *ret_row)
{
    const Str done = leaving->row->done;
    EntryRow row = {.log_no = entered->content.log.no, .kind = KIND_TRANSFER_DONE, .version = 1, .author = leaving->row->decided_by,
                    .author_role = ROLE_ORG_MANAGER, .author_unit = entered->content.log.unit, .at = now};

    if (done.length <= ID_BYTES)
        return fail(E_FORGED);
    memcpy(row.id.bytes, done.data, ID_BYTES);
    row.entry = row.id;
    row.sealed = str_slice(done, ID_BYTES, done.length);
    *ret_row = row;
    return ok();
}

static Err goes(const Leaving *leaving, const LogEntered *entered, int64_t now, Arena *keep, Left *left)
{
    const LogRow *log = &entered->content.log;

    left->crossing.step = CROSSING_LEFT;
    left->crossing.taken_by = leaving->taker.taken_by;
    left->crossing.holder = leaving->taker.holder;
    left->crossing.taken_at = now;
    left->transfer.step = log->state == STATE_ACTIVE ? TRANSFER_SENT : TRANSFER_SENT_PASSIVE;
    left->transfer.from = log->unit;
    left->transfer.segment = log_segment_end(log);
    TRY(log_segment_hash(&entered->content, entered->content.entries.count, &left->transfer.hash));
    TRY(done_row(leaving, entered, now, &left->done));
    return people_out(entered, now, keep, &left->out);
}

/* Passive, because it moved; one that is passive keeps when it became so. */
static void rests(const LogEntered *entered, int64_t now, LogChange *change)
{
    LogRow *log = &change->log;

    if (log->state == STATE_ACTIVE)
        log_row_close(log, CLOSING_MOVED, now);
    else
        log->closed_reason = CLOSING_MOVED;
    const ClockWatch watch = log_clocks_quiet(entered, log, now);
    log->wake_on = clocks_wake(&watch, now);
}

static Err prepare(const Leaving *leaving, const LogReader *reader, const LogEntered *entered, LogChange *change)
{
    const int64_t now = reader->actor->now;
    LogTold told = {.notice = leaving->stays ? NOTICE_TRANSFER_OVER : NOTICE_TRANSFER_SENT};
    const TransferRow *waiting = NULL;
    Left *left = NULL;

    TRY(check(leaving, entered, now, &waiting));
    TRY(ARENA_NEW(reader->keep, Left, 1, &left));
    *left = (Left){.crossing = *leaving->row, .transfer = *waiting, .at = now};
    left->transfer.ended_at = now;
    left->transfer.step = TRANSFER_CALLED_OFF;
    left->crossing.step = CROSSING_DROPPED;
    *change = (LogChange){.log = entered->content.log, .quiet = true, .put = put, .self = left};
    change->as = leaving->stays ? ACT_TRANSFER_STAY : ACT_NONE;
    change->log.flags &= ~(Flags)FLAG_TRANSFER_PENDING;
    if (!leaving->stays) {
        TRY(goes(leaving, entered, now, reader->keep, left));
        rests(entered, now, change);
        change->also = ACT_LOG_CLOSE;
        change->reason = CLOSING_MOVED;
    }
    TRY(log_tell_rows(reader, entered, &change->log, (LogTellList){.items = &told, .count = 1}, &change->told));
    change->amount = change->told.count;
    return ok();
}

static Err try_once(Service *service, Actor *nobody, const Leaving *leaving)
{
    AUTO(arena_freep) Arena *keep = NULL;
    AUTO(log_entered_wipe) LogEntered entered = {0};
    LogReader reader = {service, nobody, NULL};
    LogChange change;
    Why why = WHY_UNDECIDED;

    TRY(arena_new(LOG_ARENA, &keep));
    reader.keep = keep;
    TRY(world_id(service->world, &nobody->request));
    Err in = log_enter_leaving(&reader, leaving->row->log, &entered);
    if (in.id == E_STALE || in.id == E_NOT_FOUND)
        return fail(E_INVALID);
    TRY(in);
    TRY(prepare(leaving, &reader, &entered, &change));
    return log_change(nobody, &entered, &change, keep, &why);
}

static Err carry_out(Service *service, Actor *nobody, const Leaving *leaving)
{
    Err done = fail(E_STALE);

    for (int i = 0; i < LOG_TRIES && done.id == E_STALE; i++)
        done = try_once(service, nobody, leaving);
    return done.id == E_STALE ? fail(E_BUSY) : done;
}

/* What is sealed can be read, and makes a log. Whose yes goes with it: in keep. */
static Err judge(Service *service, const Actor *nobody, const CrossingRow *row, Arena *keep, TransferYeses *ret_yeses)
{
    Str content = STR_NONE;
    CrossingPart part;

    TRY(crossing_content(service, nobody, row, keep, &content));
    TRY(crossing_part_read(content, &row->hash, keep, &part));
    TRY(coming_judge(service, &part.report, nobody->now, keep));
    return coming_yeses(&part.report, keep, ret_yeses);
}

Err crossing_leave(Service *service, Actor *nobody, const CrossingRow *row, CrossingTaker taker)
{
    AUTO(arena_freep) Arena *keep = NULL;
    Leaving leaving = {.row = row, .taker = taker};

    if (row->step != CROSSING_ASKED)
        return fail(E_INVALID);
    TRY(arena_new(PART_ARENA, &keep));
    TRY(judge(service, nobody, row, keep, &leaving.yeses));
    return carry_out(service, nobody, &leaving);
}

Err crossing_stay(Service *service, Actor *nobody, const CrossingRow *row)
{
    return row->step == CROSSING_ASKED ? carry_out(service, nobody, &(Leaving){.row = row, .stays = true}) : fail(E_INVALID);
}

/* The baton in the rows of its log. An offer is a holder's participation that never begins: it counts for nothing until it is
 * accepted, and is over by itself when its days are.
 * Must not write: what it makes is put by the deed's work.
 * Called by the other files of this room. */
#include "service/acts/baton/offered.h"

#include "domain/period.h"
#include "service/acts/guardian_rows.h"
#include "service/log/tell.h"

const ParticipantRow *baton_offered(const LogEntered *entered, Id to, int64_t now)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (row->role == ROLE_RELAY_HOLDER && period_is_offered(PERIOD_OF(row), now) && (id_is_none(to) || id_equal(row->person, to)))
            return row;
    }
    return NULL;
}

/* The holder's own participation, which runs; NULL when somebody stands in. */
static const ParticipantRow *held_by(const LogEntered *entered)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (row->role == ROLE_RELAY_HOLDER && !period_has_end(PERIOD_OF(row)))
            return row;
    }
    return NULL;
}

/* Answered, an offer is over at whatever moment a request began that is carried out later: not from when it was answered. */
#define ANSWERED_AT 1

static Err put_end(Tx *tx, void *self)
{
    return store_participant_update(tx, self);
}

Err baton_unanswered(const Deed *deed, const LogEntered *entered, Id to, LogChange *change)
{
    const ParticipantRow *offer = baton_offered(entered, to, deed->actor->now);
    ParticipantRow *row = NULL;

    if (!offer)
        return fail(E_INVALID);
    TRY(ARENA_NEW(deed->scratch, ParticipantRow, 1, &row));
    TRY(log_participant_over(&entered->keys, offer, ANSWERED_AT, deed->scratch, row));
    change->quiet = true;
    change->put = put_end;
    change->self = row;
    return ok();
}

/* ---- another holder ---- */

Err baton_pass(const BatonTo *to, const LogEntered *entered, Arena *scratch, BatonPassing *ret_passing)
{
    const ParticipantRow *offer = baton_offered(entered, (Id){0}, to->now);
    const ParticipantRow *held = held_by(entered);
    BatonPassing passing = {0};

    if (offer)
        TRY(log_place_end(&entered->keys, offer, ANSWERED_AT, scratch, &passing.over[passing.over_count++]));
    if (held)
        TRY(log_place_end(&entered->keys, held, to->now, scratch, &passing.over[passing.over_count++]));
    passing.holder = (ParticipantRow){.log_no = entered->content.log.no, .person = to->person, .role = ROLE_RELAY_HOLDER,
                                      .service = to->service_code, .unit = to->unit, .from_at = to->now, .version = 1};
    TRY(world_id(to->service->world, &passing.holder.id));
    TRY(log_participant_seal(&entered->keys, to->name, scratch, &passing.holder));
    *ret_passing = passing;
    return ok();
}

Err baton_put(Tx *tx, const BatonPassing *passing)
{
    return store_places_move(tx, &(PlaceMoves){passing->over, passing->over_count, &passing->holder});
}

Err baton_told(const LogReader *reader, const LogEntered *entered, Id unit, InboxRows *ret_rows)
{
    const LogTold told = {.notice = NOTICE_BATON_PASSED};

    return log_tell_rows(reader, entered, &entered->content.log, (LogTellList){.items = &told, .count = 1, .also = unit}, ret_rows);
}

Err baton_tell(Service *service, const BatonTo *to, const LogEntered *entered, Arena *scratch, InboxRows *rows)
{
    InboxRow *items = NULL;

    TRY(ARENA_NEW(scratch, InboxRow, (size_t)rows->count + 1, &items));
    for (uint32_t i = 0; i < rows->count; i++)
        items[i] = rows->items[i];
    items[rows->count] = (InboxRow){.person = to->person, .event = NOTICE_BATON_PASSED, .object = entered->wish.log, .at = to->now,
                                      .mailed = notice_is_mailed(NOTICE_BATON_PASSED)};
    TRY(world_id(service->world, &items[rows->count].id));
    *rows = (InboxRows){.items = items, .count = rows->count + 1};
    return ok();
}

/* A transfer as the entries of its log tell it.
 * Must not believe the row alone: it is found by it, and the head of the log holds what was said.
 * Called by the deeds of this room. */
#include "service/acts/transfer/handshake.h"

#include <string.h>

#include "domain/period.h"
#include "service/log/lived.h"
#include "service/log/ask.h"
#include "service/log/rows.h"
#include "store/inbox.h"

static Err open_values(const LogEntered *entered, const EntryRow *row, Arena *keep, Values *ret_values)
{
    LogEntry entry;

    TRY(log_open_entry(&entered->keys, row, keep, &entry));
    *ret_values = entry.values;
    return ok();
}

/* The unit, and when it was proposed, are those of the entry. */
static Err bind(const Deed *deed, const LogEntered *entered, const EntryRow *proposal, Handshake *handshake)
{
    Id unit;

    TRY(open_values(entered, proposal, deed->scratch, &handshake->proposed));
    bool same = is_ok(id_from_text(values_at(&handshake->proposed, TRANSFER_UNIT), &unit)) && id_equal(unit, handshake->row.to) &&
                proposal->at == handshake->row.proposed_at;
    return same ? ok() : fail(E_FORGED);
}

static Err read_yeses(const Deed *deed, const LogEntered *entered, const EntryRow *proposal, Handshake *handshake)
{
    const LogNewest *newest = &entered->newest;
    uint32_t count = 0;

    TRY(ARENA_NEW(deed->scratch, TransferYes, (size_t)newest->count + 1, &handshake->yes));
    TRY(ARENA_NEW(deed->scratch, HandshakeYes, (size_t)newest->count + 1, &handshake->said));
    for (uint32_t i = 0; i < newest->count; i++) {
        const EntryRow *row = newest->items[i].first;
        if (row->kind != KIND_TRANSFER_YES || row->no < proposal->no)
            continue;
        HandshakeYes *said = &handshake->said[count];
        TRY(open_values(entered, row, deed->scratch, &said->values));
        TRY(id_from_text(values_at(&said->values, TRANSFER_YES_GIVER), &said->giver));
        handshake->yes[count++] = (TransferYes){.giver = said->giver, .at = row->at};
    }
    handshake->yeses = (TransferYeses){handshake->yes, count};
    return ok();
}

/* Whoever of the family came into the log after it: no entry says so, and the day of their consent is what somebody typed. */
static bool is_anybody_newer(const ParticipantRows *people, int64_t at)
{
    for (uint32_t i = 0; i < people->count; i++)
        if (people->items[i].role == ROLE_GUARDIAN && !period_has_begun(PERIOD_OF(&people->items[i]), at))
            return true;
    return false;
}

/* Equal time is enough; what was said on the way is no content. */
bool handshake_is_newest(const LogEntered *entered, const EntryRow *decision)
{
    const LogContent *content = &entered->content;

    for (uint32_t i = 0; i < content->entries.count; i++)
        if (content->entries.items[i].at > decision->at)
            return false;
    return !is_anybody_newer(&content->participants, decision->at) && transfer_said_at(&entered->consents) <= decision->at;
}

Err handshake_read(const Deed *deed, const LogEntered *entered, Handshake *ret_handshake)
{
    const TransferRow *row = log_transfer_waiting(&entered->standing, deed->actor->now);
    const EntryRow *proposal = log_lived_last(entered, KIND_TRANSFER);
    const EntryRow *decision = log_lived_last(entered, KIND_TRANSFER_DECISION);
    Handshake handshake = {0};

    if (!row || !proposal)
        return fail(E_INVALID);
    handshake.row = *row;
    TRY(bind(deed, entered, proposal, &handshake));
    TRY(read_yeses(deed, entered, proposal, &handshake));
    handshake.agreed = transfer_agreed(&entered->consents, handshake.yeses, deed->actor->now);
    handshake.decided = handshake.agreed && decision && decision->no > proposal->no && handshake_is_newest(entered, decision);
    *ret_handshake = handshake;
    return ok();
}

/* ---- the row ---- */

static Err put(Tx *tx, void *self)
{
    const HandshakeStep *step = self;

    TRY(store_transfer_update(tx, &step->row));
    if (!id_is_none(step->crossing.id))
        TRY(store_crossing_update(tx, &step->crossing));
    return store_inbox_tell(tx, &step->told, NULL);
}

Err handshake_goes_on(const Deed *deed, const HandshakeStep *step, LogChange *change)
{
    HandshakeStep *kept = NULL;

    TRY(ARENA_NEW(deed->scratch, HandshakeStep, 1, &kept));
    *kept = *step;
    change->put = put;
    change->self = kept;
    return ok();
}

Err handshake_tell_unit(const Deed *deed, Id unit, InboxRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows roles = {0};
    InboxRow *items = NULL;
    uint32_t count = 0;

    TRY(store_read(deed->actor->store, &tx));
    TRY(store_roles_of_unit(tx, unit, deed->scratch, &roles));
    TRY(ARENA_NEW(deed->scratch, InboxRow, (size_t)roles.count + 1, &items));
    for (uint32_t i = 0; i < roles.count; i++) {
        if (roles.items[i].role != ROLE_ORG_MANAGER || !period_in_force(PERIOD_OF(&roles.items[i]), deed->actor->now))
            continue;
        items[count] = (InboxRow){.person = roles.items[i].person, .event = NOTICE_TRANSFER_PENDING, .object = deed->log,
                                  .at = deed->actor->now, .mailed = notice_is_mailed(NOTICE_TRANSFER_PENDING)};
        TRY(world_id(deed->service->world, &items[count++].id));
    }
    *ret_rows = (InboxRows){items, count};
    return ok();
}

Err handshake_units(const TransferRow *row, Arena *keep, IdList *ret_units)
{
    const uint32_t others = (uint32_t)(row->units.length / ID_BYTES);
    Id *ids = NULL;

    TRY(ARENA_NEW(keep, Id, (size_t)others + 1, &ids));
    ids[0] = row->to;
    if (others > 0)
        memcpy(&ids[1], row->units.data, others * sizeof *ids);
    *ret_units = (IdList){ids, others + 1};
    return ok();
}

/* The baton in the rows of its log. An offer is a holder's participation that never begins: it counts for nothing until it is
 * accepted, and is over by itself when its days are.
 * Must not write: what it makes is put by the deed's work.
 * Called by the other files of this room. */
#include "service/acts/baton/offered.h"

#include "domain/period.h"
#include "service/acts/guardian_rows.h"

const ParticipantRow *baton_offered(const LogEntered *entered, Id to, int64_t now)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (row->role == ROLE_RELAY_HOLDER && period_is_offered(PERIOD_OF(row), now) && (id_is_none(to) || id_equal(row->person, to)))
            return row;
    }
    return NULL;
}

const ParticipantRow *baton_held(const LogEntered *entered)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (row->role == ROLE_RELAY_HOLDER && !period_has_end(PERIOD_OF(row)))
            return row;
    }
    return NULL;
}

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
    TRY(log_participant_over(&entered->keys, offer, deed->actor->now, deed->scratch, row));
    change->quiet = true;
    change->put = put_end;
    change->self = row;
    return ok();
}

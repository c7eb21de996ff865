/* Whoever was offered the baton takes it: they are the holder from now on, and the log belongs to their unit.
 * Must not leave the log with two holders or with none: the three rows change in one work.
 * Called by service/acts/procedure. Rule: rest 6. */
#include "service/acts/baton/offered.h"
#include "service/acts/guardian_rows.h"

typedef struct Passing {
    ParticipantRow offer, former, holder;
    bool has_former; /* a manager who stood in has no participation */
} Passing;

static Err put(Tx *tx, void *self)
{
    const Passing *passing = self;

    TRY(store_participant_update(tx, &passing->offer));
    if (passing->has_former)
        TRY(store_participant_update(tx, &passing->former));
    return store_participant_insert(tx, &passing->holder);
}

static Err new_holder(const Deed *deed, const LogEntered *entered, const ParticipantRow *offer, ParticipantRow *ret_row)
{
    const LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, offer->id, offer->version};
    Values values;

    *ret_row = (ParticipantRow){.log_no = offer->log_no, .person = offer->person, .role = ROLE_RELAY_HOLDER,
                                .service = offer->service, .unit = offer->unit, .from_at = deed->actor->now, .version = 1};
    TRY(log_unseal(&entered->keys, (LogSealed){place, KIND_PARTICIPANT, offer->sealed}, deed->scratch, &values));
    TRY(world_id(deed->service->world, &ret_row->id));
    return log_participant_seal(&entered->keys, values_at(&values, PARTICIPANT_NAME), deed->scratch, ret_row);
}

Err deed_baton_accept(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    const ParticipantRow *offer = baton_offered(entered, deed->actor->person, deed->actor->now);
    const ParticipantRow *former = baton_held(entered);
    Passing *passing = NULL;

    if (!offer)
        return fail(E_INVALID);
    TRY(ARENA_NEW(deed->scratch, Passing, 1, &passing));
    passing->has_former = former;
    TRY(log_participant_over(&entered->keys, offer, deed->actor->now, deed->scratch, &passing->offer));
    if (former)
        TRY(log_participant_over(&entered->keys, former, deed->actor->now, deed->scratch, &passing->former));
    TRY(new_holder(deed, entered, offer, &passing->holder));
    change->log.holder = offer->person;
    change->log.unit = offer->unit;
    change->put = put;
    change->self = passing;
    return ok();
}

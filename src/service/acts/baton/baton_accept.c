/* Whoever was offered the baton takes it: they are the holder from now on, and the log belongs to their unit.
 * Must not leave the log with two holders or with none: the three rows change in one work.
 * Called by service/acts/procedure. Rule: rest 6. */
#include "service/acts/baton/offered.h"
#include "service/acts/guardian_rows.h"
#include "store/inbox.h"

typedef struct Taking {
    BatonPassing passing;
    InboxRows told;
} Taking;

static Err put(Tx *tx, void *self)
{
    const Taking *taking = self;

    TRY(baton_put(tx, &taking->passing));
    return store_inbox_tell(tx, &taking->told, NULL);
}

static Err name_of(const Deed *deed, const LogEntered *entered, const ParticipantRow *offer, Str *ret_name)
{
    const LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, offer->id, offer->version};
    Values values;

    TRY(log_unseal(&entered->keys, (LogSealed){place, KIND_PARTICIPANT, offer->sealed}, deed->scratch, &values));
    *ret_name = values_at(&values, PARTICIPANT_NAME);
    return ok();
}

Err deed_baton_accept(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    const ParticipantRow *offer = baton_offered(entered, deed->actor->person, deed->actor->now);
    const LogReader reader = {deed->service, deed->actor, deed->scratch};
    Taking *taking = NULL;
    Str name;

    if (!offer)
        return fail(E_INVALID);
    TRY(ARENA_NEW(deed->scratch, Taking, 1, &taking));
    TRY(name_of(deed, entered, offer, &name));
    const BatonTo to = {.service = deed->service, .now = deed->actor->now, .person = offer->person, .unit = offer->unit,
                        .service_code = offer->service, .name = name};
    TRY(baton_pass(&to, entered, deed->scratch, &taking->passing));
    TRY(baton_told(&reader, entered, offer->unit, &taking->told));
    change->log.holder = offer->person;
    change->log.unit = offer->unit;
    change->put = put;
    change->self = taking;
    return ok();
}

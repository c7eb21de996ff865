/* Holder or manager propose that the log goes to a unit of another municipality.
 * Must not tell that municipality of it: it is told when the family has said yes and the log's manager has decided.
 * Called by service/acts/procedure. Rules: transfer 1, 6. */
#include "service/acts/guardian_rows.h"
#include "service/acts/transfer/crossing.h"
#include "service/log/keep.h"
#include "service/people/elsewhere.h"

typedef struct Sending {
    TransferRow transfer;
    CrossingRow crossing;
} Sending;

static Err put(Tx *tx, void *self)
{
    const Sending *sending = self;

    TRY(store_transfer_insert(tx, &sending->transfer));
    return store_crossing_insert(tx, &sending->crossing);
}

static Err refuse(LogChange *change, FieldKey field)
{
    change->wrong = field;
    change->fault = FAULT_BAD_REFERENCE;
    return fail(E_INVALID);
}

/* A young person's own consent is given to an account, and there is none over there (rules: transfer 6). */
static bool rests_on_child(const LogEntered *entered, int64_t now)
{
    const Consents *consents = &entered->consents;

    for (uint32_t i = 0; i < consents->count; i++)
        if (consents->items[i].child && consents_stands(consents, i, now))
            return true;
    return consents->of == CONSENT_OF_CHILD;
}

/* The unit there, and how it is called. */
static Err find_unit(const Deed *deed, LogChange *change, CrossingRow *row)
{
    Elsewhere elsewhere = {0};

    Err found = elsewhere_units(deed->service, deed->actor, values_at(deed->asked, TRANSFER_MUNICIPALITY), deed->scratch, &elsewhere);
    if (found.id == E_NOT_FOUND)
        return refuse(change, TRANSFER_MUNICIPALITY);
    TRY(found);
    if (!is_ok(id_from_text(values_at(deed->asked, TRANSFER_UNIT), &row->unit)))
        return refuse(change, TRANSFER_UNIT);
    Err named = elsewhere_place(&elsewhere, row->unit, deed->scratch, &row->place);
    if (named.id == E_NOT_FOUND)
        return refuse(change, TRANSFER_UNIT);
    row->other = elsewhere.municipality.tenant;
    return named;
}

Err deed_transfer_send(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    const Actor *actor = deed->actor;
    Values proposed = *deed->asked;
    Sending *sending = NULL;
    Day on = 0;

    if (!values_day(deed->asked, TRANSFER_ON, &on) || rests_on_child(entered, actor->now))
        return fail(E_INVALID);
    TRY(ARENA_NEW(deed->scratch, Sending, 1, &sending));
    *sending = (Sending){0};
    CrossingRow *crossing = &sending->crossing;
    TRY(find_unit(deed, change, crossing));
    TRY(world_id(deed->service->world, &crossing->id));
    crossing->way = CROSSING_GOES;
    crossing->log = deed->log;
    crossing->step = CROSSING_PROPOSED;
    crossing->proposed_at = actor->now;
    crossing->on_at = oslo_time(on, 0);
    crossing->version = 1;
    sending->transfer = (TransferRow){.id = crossing->id, .log = deed->log, .from = entered->content.log.unit, .to = crossing->unit,
                                      .step = TRANSFER_PROPOSED, .proposed_by = actor->person, .proposed_at = actor->now,
                                      .on_at = crossing->on_at, .version = 1};
    values_put(&proposed, TRANSFER_PLACE, crossing->place);
    change->quiet = true;
    change->put = put;
    change->self = sending;
    return log_keep(deed, entered, &proposed, change);
}

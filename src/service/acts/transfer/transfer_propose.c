/* Holder or manager propose that the log goes to another unit, with what the consents shall name besides.
 * Must not tell that unit of it: it is told when the family has said yes and its manager has decided.
 * Called by service/acts/procedure. Rule: transfer 1. */
#include "service/acts/guardian_rows.h"
#include "service/acts/transfer/handshake.h"

static Err put(Tx *tx, void *self)
{
    return store_transfer_insert(tx, self);
}

static Err refuse(LogChange *change)
{
    change->wrong = TRANSFER_UNIT;
    change->fault = FAULT_BAD_REFERENCE;
    return fail(E_INVALID);
}

/* The unit, and the others of the form, each once; the unit that gives the log away goes out. */
static Err collect(const Deed *deed, const LogEntered *entered, IdList *ret_units)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Str others = values_at(deed->asked, TRANSFER_UNITS);
    NamedUnits named = {.own = entered->content.log.unit};
    Id *ids = NULL;
    uint32_t count = 1;

    TRY(ARENA_NEW(deed->scratch, Id, LOG_UNITS_MAX + 1, &ids));
    TRY(id_from_text(values_at(deed->asked, TRANSFER_UNIT), &ids[0]));
    while (others.length > 0) {
        Str unit = STR_NONE;
        others = str_cut(others, '\n', &unit);
        if (count >= LOG_UNITS_MAX || !is_ok(id_from_text(unit, &ids[count++])))
            return fail(E_INVALID);
    }
    named.others = (IdList){ids, count};
    TRY(store_read(deed->actor->store, &tx));
    TRY(log_named_units(tx, &named, deed->scratch, ret_units));
    bool own = id_equal(ids[0], entered->content.log.unit);
    *ret_units = (IdList){ret_units->ids + 1, ret_units->count - 1};
    return own ? fail(E_INVALID) : ok();
}

Err deed_transfer_propose(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    const Actor *actor = deed->actor;
    TransferRow *row = NULL;
    IdList units = {0};
    Day on = 0;

    if (!values_day(deed->asked, TRANSFER_ON, &on))
        return fail(E_INVALID);
    Err collected = collect(deed, entered, &units);
    if (collected.id == E_INVALID || collected.id == E_MALFORMED)
        return refuse(change);
    TRY(collected);
    TRY(ARENA_NEW(deed->scratch, TransferRow, 1, &row));
    *row = (TransferRow){.log = deed->log, .from = entered->content.log.unit, .to = units.ids[0], .step = TRANSFER_PROPOSED,
                         .units = str_from_bytes(units.ids + 1, (units.count - 1) * sizeof *units.ids),
                         .proposed_by = actor->person, .proposed_at = actor->now, .on_at = oslo_time(on, 0), .version = 1};
    TRY(world_id(deed->service->world, &row->id));
    change->quiet = true;
    change->put = put;
    change->self = row;
    return ok();
}

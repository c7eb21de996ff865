/* A guardian asks from the stub of a passive log that it goes to another unit: its manager is told by the job that tells of the requests
 * of units, and decides whether to propose it.
 * Must not tell the unit that is named anything, nor open the log to anybody.
 * Called by service/acts/procedure. Rules: transfer 8, scenarios 10. */
#include "domain/blind.h"
#include "service/acts/guardian_rows.h"
#include "service/log/deed.h"
#include "store/request/blind.h"

static Err put(Tx *tx, void *self)
{
    const BlindRequestRow *row = self;
    const BlindCounts since = {.person = row->at - BLIND_DAY_MS, .unit = row->at};
    BlindCounts counts = {0};

    TRY(store_blind_counts(tx, row, &since, &counts));
    return counts.person >= BLIND_A_DAY ? fail(E_INVALID) : store_blind_insert(tx, row);
}

static Err unit_of(const Deed *deed, const LogEntered *entered, Id *ret_unit)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    IdList units = {0};
    Id unit;

    if (!is_ok(id_from_text(values_at(deed->asked, TRANSFER_UNIT), &unit)) || id_equal(unit, entered->content.log.unit))
        return fail(E_INVALID);
    TRY(store_read(deed->actor->store, &tx));
    TRY(log_named_units(tx, &(NamedUnits){.own = entered->content.log.unit, .others = {&unit, 1}}, deed->scratch, &units));
    *ret_unit = unit;
    return ok();
}

Err deed_blind_request(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    BlindRequestRow *row = NULL;

    TRY(ARENA_NEW(deed->scratch, BlindRequestRow, 1, &row));
    *row = (BlindRequestRow){.person = deed->actor->person, .reason = BLIND_OF_FAMILY, .at = deed->actor->now, .log = deed->log};
    Err found = unit_of(deed, entered, &row->unit);
    if (found.id == E_INVALID) {
        change->wrong = TRANSFER_UNIT;
        change->fault = FAULT_BAD_REFERENCE;
    }
    TRY(found);
    TRY(world_id(deed->service->world, &row->id));
    change->quiet = true;
    change->put = put;
    change->self = row;
    return ok();
}

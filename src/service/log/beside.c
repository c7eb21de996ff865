/* What a page shows beside the log, read in the same snapshot: units, the newest openings, own drafts.
 * Must not open anything: the names are opened when the line is durable.
 * Called by enter. */
#include "service/log/beside.h"

#include "service/log/seen.h"
#include "store/store.h"

/* Every unit that the log names. */
static Err read_units(Tx *tx, const LogContent *content, Arena *keep, UnitNames *ret_names)
{
    uint32_t count = 0;
    Id *units = NULL;

    TRY(ARENA_NEW(keep, Id, (size_t)content->participants.count + content->consent_units.count + 1, &units));
    units[count++] = content->log.unit;
    for (uint32_t i = 0; i < content->participants.count; i++)
        units[count++] = content->participants.items[i].unit;
    for (uint32_t i = 0; i < content->consent_units.count; i++)
        units[count++] = content->consent_units.items[i].unit;
    return unit_names_read(tx, units, count, keep, ret_names);
}

Err log_beside_read(Tx *tx, const LogEntered *entered, Arena *keep, LogBeside *ret_beside)
{
    LogBeside beside = {0};

    TRY(read_units(tx, &entered->content, keep, &beside.units));
    TRY(log_seen_read(tx, entered->wish.log, keep, &beside.seen));
    TRY(store_drafts_count(tx, &entered->permit, &beside.drafts));
    *ret_beside = beside;
    return ok();
}

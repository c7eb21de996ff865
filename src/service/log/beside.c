/* What a page shows beside the log, read in the same snapshot: units, the newest openings, own drafts.
 * Must not open anything: the names are opened when the line is durable.
 * Called by enter. */
#include "service/log/beside.h"

#include "service/log/seen.h"
#include "store/beside.h"

/* How many openings a log page shows beside the log, its own first. */
#define NEWEST 4

/* Every unit that the log names. */
static Err units_of(const LogContent *content, Arena *keep, Id **ret_units, uint32_t *ret_count)
{
    uint32_t count = 0;
    Id *units = NULL;

    TRY(ARENA_NEW(keep, Id, (size_t)content->participants.count + content->consent_units.count + 1, &units));
    units[count++] = content->log.unit;
    for (uint32_t i = 0; i < content->participants.count; i++)
        units[count++] = content->participants.items[i].unit;
    for (uint32_t i = 0; i < content->consent_units.count; i++)
        units[count++] = content->consent_units.items[i].unit;
    *ret_units = units;
    *ret_count = count;
    return ok();
}

Err log_beside_read(Tx *tx, const LogEntered *entered, Arena *keep, LogBeside *ret_beside)
{
    LogBesideWish wish = {.seen_max = NEWEST - 1};
    LogBeside beside = {0};
    LogBesideRows rows;
    uint32_t count = 0;
    Id *units = NULL;

    wish.seen.bits[ACT_LOG_READ / 64] = UINT64_C(1) << (ACT_LOG_READ % 64);
    TRY(units_of(&entered->content, keep, &units, &count));
    TRY(unit_names_wish(units, count, keep, &wish.units));
    TRY(store_log_beside(tx, &entered->permit, &wish, keep, &rows));
    TRY(unit_names_from(&rows.units, keep, &beside.units));
    beside.seen = rows.seen;
    beside.drafts = rows.drafts;
    *ret_beside = beside;
    return ok();
}

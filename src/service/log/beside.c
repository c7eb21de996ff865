/* What a page shows beside the log, read in the same snapshot: units, the newest openings, own drafts.
 * Must not open anything: the names are opened when the line is durable.
 * Called by enter. */
#include "service/log/beside.h"

#include "service/log/seen.h"
#include "service/seal.h"
#include "store/beside.h"
#include "store/store.h"

/* Forms and parts of a log each have a line, and are one opening: so more lines are read than openings are shown. */
#define LINES (3 * LOG_NEWEST_OPENINGS)

Err log_beside_read(Tx *tx, const LogEntered *entered, Arena *keep, LogBeside *ret_beside)
{
    LogBesideWish wish = {.scope = people_register_scope(), .seen_max = LINES, .seen_least = LOG_NEWEST_OPENINGS - 1};
    LogBeside beside = {0};
    LogBesideRows rows;

    wish.seen.bits[ACT_LOG_READ / 64] = UINT64_C(1) << (ACT_LOG_READ % 64);
    /* A form that shows nothing of the log does not show who was there either: the newest lines are enough. */
    if (entered->wish.adds)
        wish.seen_least = 0;
    /* Only where the newest lines are not enough is a later moment asked for more. */
    store_read_last(tx);
    TRY(store_log_beside(tx, &entered->permit, &wish, keep, &rows));
    TRY(unit_names_from(&rows.units, keep, &beside.units));
    beside.seen = rows.seen;
    beside.drafts = rows.drafts;
    *ret_beside = beside;
    return ok();
}

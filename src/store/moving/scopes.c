/* Reads what is left under an older epoch, and keeps more of it out.
 * Must not wrap anything.
 * Called by service. */
#include "store/moving/scopes.h"

#include "store/tx.h"

PROVEN_SHAPE(scope_proven, SCOPE_KEY, ScopeKeyRow);

#define PAGE_MAX 500

Err store_epoch_least(Tx *tx, uint32_t epoch)
{
    const Value parameter = value_number(epoch);
    bool any = false;

    return tx_change(tx, SQL_EPOCH_RAISE, &parameter, &any, NULL);
}

Err store_scopes_older_count(Tx *tx, uint32_t epoch, int64_t *ret_count)
{
    const Value parameter = value_number(epoch);

    return tx_number(tx, SQL_SCOPES_OLDER_COUNT, &parameter, ret_count);
}

/* A look-up that goes from one of them to the others finds all of them, whichever epoch it is. */
static uint32_t whole_groups(const ScopeKeyRows *rows)
{
    const Str last = rows->items[rows->count - 1].blind_index;
    uint32_t count = rows->count;

    while (last.length > 0 && count > 0 && str_equal(rows->items[count - 1].blind_index, last))
        count--;
    return count > 0 ? count : rows->count;
}

Err store_scopes_older(Tx *tx, uint32_t epoch, uint32_t max, Arena *keep, ScopeKeyRows *ret_rows)
{
    const Value parameters[] = {value_number(epoch), value_number(max)};

    if (max < 1 || max > PAGE_MAX)
        return fail(E_RANGE);
    TRY(TX_ROWS(tx, SQL_SCOPES_OLDER, parameters, &shape_scope_proven, keep, ret_rows));
    if (ret_rows->count == max)
        ret_rows->count = whole_groups(ret_rows);
    return ok();
}

Err store_epoch_destroyed(Tx *tx, EpochDestroyed *ret_destroyed)
{
    TRY(tx_number(tx, SQL_EPOCH_DESTROYED, NULL, &ret_destroyed->count));
    return tx_number(tx, SQL_EPOCH_TURNED, NULL, &ret_destroyed->turned);
}

Err store_epoch_turned(Tx *tx, int64_t count)
{
    const Value parameter = value_number(count);
    bool any = false;

    return tx_change(tx, SQL_EPOCH_TURNED_RAISE, &parameter, &any, NULL);
}

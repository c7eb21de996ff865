/* Logs on their way to another municipality.
 * Must not tell whom a log is about.
 * Called by service. */
#include "store/request/crossing.h"

#include "store/log_rows.h"
#include "store/tx.h"

PROVEN_SHAPE(crossing, CROSSING, CrossingRow);
PROVEN_SHAPE(partner, PARTNER, PartnerRow);

typedef struct CrossingId CrossingId;
#define CROSSING_ID(A, F) A(CrossingId, ID, id, id)
SHAPE(crossing_id, CROSSING_ID, CrossingId);

Err store_crossing_insert(Tx *tx, const CrossingRow *row)
{
    return tx_insert(tx, SQL_CROSSING_INSERT, &shape_crossing, row, TABLE_CROSSING);
}

Err store_crossing(Tx *tx, Id id, Arena *keep, CrossingRow *ret_row)
{
    const Value parameter = value_id(&id);

    return tx_row(tx, ASKS(SQL_TRACK_CROSSING, &parameter), &shape_crossing, keep, ret_row);
}

Err store_crossing_update(Tx *tx, const CrossingRow *row)
{
    CrossingRow made = {0};

    Err read = tx->writing ? store_crossing(tx, row->id, tx->scratch, &made) : fail(E_INTERNAL);
    if (read.id == E_NOT_FOUND || (is_ok(read) && made.version != row->version))
        return fail(E_STALE);
    TRY(read);
    made = *row;
    made.version++;
    return tx_replace(tx, SQL_CROSSING_REPLACE, &shape_crossing, &made);
}

Err store_crossings_open(Tx *tx, uint8_t way, uint8_t before, Arena *keep, CrossingIds *ret_ids)
{
    const Value parameters[] = {value_number(way), value_number(before)};

    return TX_ROWS(tx, SQL_CROSSINGS_OPEN, parameters, &shape_crossing_id, keep, ret_ids);
}

Err store_crossings_to_unit(Tx *tx, CrossingsWish wish, Arena *keep, CrossingRows *ret_rows)
{
    const Value parameters[] = {value_id(&wish.unit), value_number(wish.way), value_number(wish.after)};

    return TX_ROWS(tx, SQL_CROSSINGS_TO_UNIT, parameters, &shape_crossing, keep, ret_rows);
}

Err store_crossings_end_of_log(Tx *tx, int64_t log_no, uint32_t *ret_count)
{
    const Value no = value_number(log_no);
    CrossingIds rows = {0};

    TRY(TX_ROWS(tx, SQL_CROSSINGS_OF_LOG, &no, &shape_crossing_id, tx->scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        const Value id = value_id(&rows.items[i].id);
        uint32_t count = 0;
        TRY(tx_delete(tx, ASKS(SQL_CROSSING_DELETE, &id), TABLE_CROSSING, &count));
        Err key = store_scope_delete(tx, rows.items[i].id);
        if (key.id != E_NOT_FOUND)
            TRY(key);
    }
    *ret_count = rows.count;
    return ok();
}

/* ---- municipalities of other installations ---- */

Err store_partner(Tx *tx, Id municipality, Arena *keep, PartnerRow *ret_row)
{
    const Value parameter = value_id(&municipality);

    return tx_row(tx, ASKS(SQL_TRACK_PARTNER, &parameter), &shape_partner, keep, ret_row);
}

Err store_partner_put(Tx *tx, const PartnerRow *row)
{
    PartnerRow made = {0};

    Err known = tx->writing ? store_partner(tx, row->id, tx->scratch, &made) : fail(E_INTERNAL);
    if (known.id != E_NOT_FOUND)
        TRY(known);
    const uint32_t version = made.version + 1;
    made = *row;
    made.version = version;
    return known.id == E_NOT_FOUND ? tx_insert(tx, SQL_PARTNER_INSERT, &shape_partner, &made, TABLE_PARTNER)
                                   : tx_replace(tx, SQL_PARTNER_REPLACE, &shape_partner, &made);
}

Err store_partners(Tx *tx, Arena *keep, PartnerRows *ret_rows)
{
    return TX_ROWS(tx, SQL_PARTNERS, NULL, &shape_partner, keep, ret_rows);
}

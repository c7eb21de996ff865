/* Archive reports and their sealed bytes.
 * Must not open anything.
 * Called by service. */
#include "store/report/reports.h"

#include "store/tx.h"

PROVEN_SHAPE(report, REPORT, ReportRow);

#define LIST_MAX 1000

/* The bytes of a part as they are read. */
typedef struct SealedRow {
    Str sealed;
} SealedRow;
#define SEALED(A, F) A(SealedRow, BLOB, sealed, sealed)
SHAPE(sealed, SEALED, SealedRow);

Err store_report_part_insert(Tx *tx, const ReportPart *part)
{
    const Value values[] = {value_id(&part->report), value_number(part->part), value_number(part->at), value_bytes(part->sealed)};

    return tx_change_or(tx, SQL_REPORT_PART_INSERT, values, E_DUPLICATE);
}

Err store_report_part(Tx *tx, Id report, uint32_t part, Arena *keep, Str *ret_sealed)
{
    const Value values[] = {value_id(&report), value_number(part)};
    SealedRow row = {0};

    TRY(tx_row(tx, ASKS(SQL_REPORT_PART, values), &shape_sealed, keep, &row));
    *ret_sealed = row.sealed;
    return ok();
}

Err store_report_insert(Tx *tx, const ReportRow *row)
{
    return tx_insert(tx, SQL_REPORT_INSERT, &shape_report, row, TABLE_REPORT);
}

Err store_reports_of_log(Tx *tx, Id log, Arena *keep, ReportRows *ret_rows)
{
    const Value parameter = value_id(&log);

    return TX_ROWS(tx, SQL_REPORTS_OF_LOG, &parameter, &shape_report, keep, ret_rows);
}

Err store_reports_kept(Tx *tx, uint32_t max, Arena *keep, ReportRows *ret_rows)
{
    const Value parameter = value_number(max);

    if (max < 1 || max > LIST_MAX)
        return fail(E_RANGE);
    return TX_ROWS(tx, SQL_REPORTS_KEPT, &parameter, &shape_report, keep, ret_rows);
}

Err store_report_ends(Tx *tx, Id log, Id report, int64_t destroy_on)
{
    ReportRows rows = {0};

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(store_reports_of_log(tx, log, tx->scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        ReportRow row = rows.items[i];
        if (!id_equal(row.id, report))
            continue;
        if (row.destroy_on != 0)
            return fail(E_STALE);
        row.destroy_on = destroy_on;
        return tx_replace(tx, SQL_REPORT_REPLACE, &shape_report, &row);
    }
    return fail(E_NOT_FOUND);
}

Err store_report_delete(Tx *tx, Id report)
{
    const Value parameter = value_id(&report);
    uint32_t count = 0;

    TRY(tx_delete(tx, ASKS(SQL_REPORT_DELETE, &parameter), TABLE_REPORT, &count));
    if (count == 0)
        return fail(E_NOT_FOUND);
    TRY(tx_delete_plain(tx, ASKS(SQL_REPORT_PARTS_DELETE, &parameter), &count));
    Err key = store_scope_delete(tx, report);
    return key.id == E_NOT_FOUND ? ok() : key;
}

Err store_reports_delete_over(Tx *tx, int64_t at, uint32_t *ret_count)
{
    const Value parameter = value_number(at);
    ReportRows rows = {0};

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(TX_ROWS(tx, SQL_REPORTS_OVER, &parameter, &shape_report, tx->scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(store_report_delete(tx, rows.items[i].id));
    *ret_count = rows.count;
    return ok();
}

Err store_report_parts_delete_lost(Tx *tx, int64_t at, uint32_t *ret_count)
{
    const Value parameter = value_number(at);

    return tx_delete_plain(tx, ASKS(SQL_REPORT_PARTS_DELETE_LOST, &parameter), ret_count);
}

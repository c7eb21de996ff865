/* The newest archive report of an entered log.
 * Must not take one that is older than what stands there.
 * Called by service/acts/deletion. */
#include "service/report/newest.h"

#include "service/report/content.h"
#include "store/report/reports.h"

static Err read(const Actor *actor, Id log, Arena *keep, ReportRow *ret_row)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ReportRows rows = {0};

    TRY(store_read(actor->store, &tx));
    store_read_last(tx);
    TRY(store_reports_of_log(tx, log, keep, &rows));
    if (rows.count > 0)
        *ret_row = rows.items[0];
    return ok();
}

Err report_newest(const Actor *actor, const LogEntered *entered, Arena *keep, ReportRow *ret_row)
{
    ReportRow row = {0};
    bool is_new = false;

    TRY(read(actor, entered->content.log.id, keep, &row));
    if (!id_is_none(row.id))
        TRY(report_is_new(&row, &entered->content, &is_new));
    *ret_row = is_new ? row : (ReportRow){0};
    return ok();
}

Err report_still(Tx *tx, Id log, Id report, Arena *scratch)
{
    ReportRows rows = {0};

    TRY(store_reports_of_log(tx, log, scratch, &rows));
    return rows.count > 0 && id_equal(rows.items[0].id, report) ? ok() : fail(E_STALE);
}

/* What stands of an archive report that is made by a job.
 * Must not decide when it is made.
 * Called by web and serve's thread. */
#include "service/report/ordered.h"

#include "service/log/enter.h"
#include "store/report/orders.h"
#include "store/report/reports.h"

#define ROWS_ARENA ((size_t)64 << 10)

static Err read(Tx *tx, const LogReader *reader, const LogWish *wish, LogDecision *decision, ReportOrdered *ordered)
{
    ReportRows made = {0};

    TRY(log_decide(tx, reader->actor, wish, reader->keep, decision));
    if (decision->why != WHY_ALLOWED)
        return ok();
    ordered->display = decision->standing.log.display;
    TRY(store_report_order_of_log(tx, wish->log, reader->keep, &ordered->order));
    TRY(store_reports_of_log(tx, wish->log, reader->keep, &made));
    if (made.count > 0)
        ordered->made_at = made.items[0].made_at;
    return ok();
}

static Err read_now(const LogReader *reader, const LogWish *wish, LogDecision *decision, ReportOrdered *ordered)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reader->actor->store, &tx));
    return read(tx, reader, wish, decision, ordered);
}

Err report_ordered(const LogReader *reader, Id log, ReportOrdered *ret_ordered)
{
    const LogWish wish = {.log = log, .act = ACT_ARCHIVE_REPORT_MAKE};
    ReportOrdered ordered = {0};
    LogDecision decision = {0};

    TRY(read_now(reader, &wish, &decision, &ordered));
    if (decision.why != WHY_ALLOWED)
        return log_refuse(reader->actor, &wish, decision.why, &decision.ask);
    *ret_ordered = ordered;
    return ok();
}

Err report_orders_wait(Store *store, bool *ret_any)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(store_read_endp) Tx *tx = NULL;
    ReportOrderRows rows = {0};

    TRY(arena_new(ROWS_ARENA, &arena));
    TRY(store_read(store, &tx));
    store_read_last(tx);
    TRY(store_report_orders_waiting(tx, 1, arena, &rows));
    *ret_any = rows.count > 0;
    return ok();
}

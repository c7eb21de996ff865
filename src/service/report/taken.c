/* Tells of a report, and hands it out.
 * Must not open the log: a report outlives it, and has a key of its own.
 * Called by web and api. */
#include "service/report/taken.h"

#include "domain/clocks.h"
#include "service/log/ask.h"
#include "service/log/enter.h"
#include "service/people/account.h"
#include "service/report/content.h"
#include "service/report/sealed.h"
#include "store/content.h"
#include "store/report/orders.h"
#include "store/report/reports.h"

#define LIST_MAX 1000

/* A report that is asked for: its row, its key, and what the policy says. */
typedef struct Asked {
    LogDecision decision;
    ReportRow row;
    ReportOrderRow order;
    ScopeKeyRow scope;
} Asked;

static LogWish wish_of(const Actor *actor, Id log)
{
    LogWish wish = {.log = log, .act = ACT_ARCHIVE_REPORT_READ, .purpose = PURPOSE_REPORT};

    wish.opening = log_opening(actor, &wish);
    return wish;
}

/* A report that is kept is what an administrator may still see of a deleted log. */
static Err ask(Tx *tx, const Actor *actor, LogWish *wish, Arena *keep, Asked *asked)
{
    ReportRows rows = {0};

    TRY(store_reports_of_log(tx, wish->log, keep, &rows));
    if (rows.count > 0) {
        asked->row = rows.items[0];
        wish->flags |= FLAG_REPORT_KEPT;
    }
    return log_decide(tx, actor, wish, keep, &asked->decision);
}

static Err ask_now(const LogReader *reader, LogWish *wish, Asked *asked)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reader->actor->store, &tx));
    TRY(ask(tx, reader->actor, wish, reader->keep, asked));
    if (asked->decision.why != WHY_ALLOWED)
        return ok();
    TRY(store_report_order_of_log(tx, wish->log, reader->keep, &asked->order));
    if (id_is_none(asked->row.id))
        return ok();
    return store_scope(tx, asked->row.id, reader->keep, &asked->scope);
}

static void days_of(const ReportRow *row, ReportTold *told)
{
    if (row->destroy_on == 0)
        return;
    told->gone_on = oslo_day(row->destroy_on);
    told->backups_gone_on = clock_day(CLOCK_REPORT_BACKUP_END, told->gone_on, NULL);
}

/* By the rows of the log alone: none of them is opened. */
static Err tell_new(const LogReader *reader, const Asked *asked, ReportTold *told)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogContent content = {0};

    told->deleted = asked->decision.ask.state == STATE_DELETED;
    if (told->deleted || asked->decision.ask.state == STATE_DELETION_ORDERED)
        return ok();
    TRY(store_read(reader->actor->store, &tx));
    TRY(store_log_content(tx, &asked->decision.permit, reader->keep, &content));
    return report_is_new(&asked->row, &content, &told->is_new);
}

Err report_told(const LogReader *reader, Id log, ReportTold *ret_told)
{
    LogWish wish = wish_of(reader->actor, log);
    ReportTold told = {0};
    Asked asked = {0};

    TRY(ask_now(reader, &wish, &asked));
    if (asked.decision.why != WHY_ALLOWED)
        return log_refuse(reader->actor, &wish, asked.decision.why, &asked.decision.ask);
    told.row = asked.row;
    told.order = asked.order;
    told.display = asked.decision.standing.log.display;
    days_of(&asked.row, &told);
    if (!id_is_none(asked.row.id)) {
        TRY(tell_new(reader, &asked, &told));
        TRY(people_names(reader->service, reader->actor, (IdList){&asked.row.made_by, 1}, reader->keep, &told.made_by));
    }
    *ret_told = told;
    return ok();
}

/* ---- taking ---- */

typedef struct Taking {
    const LogReader *reader;
    LogWish wish;
    Id report;
    Why why;
} Taking;

static Err line_work(Tx *tx, void *context)
{
    Taking *taking = context;
    AuditLine line = service_line(taking->reader->actor, ACT_ARCHIVE_REPORT_READ, OBJECT_LOG, taking->wish.log);
    Asked again = {0};

    TRY(ask(tx, taking->reader->actor, &taking->wish, taking->reader->keep, &again));
    taking->why = again.decision.why;
    if (taking->why != WHY_ALLOWED)
        return fail(E_FORBIDDEN);
    if (!id_equal(again.row.id, taking->report))
        return fail(E_STALE);
    line.reason = (uint16_t)taking->wish.opening;
    return store_audit(tx, &line);
}

static Err take(const LogReader *reader, Id log, Str *ret_file)
{
    Taking taking = {.reader = reader, .wish = wish_of(reader->actor, log)};
    AUTO(key_wipe) Key key = {0};
    Asked asked = {0};

    TRY(ask_now(reader, &taking.wish, &asked));
    if (asked.decision.why != WHY_ALLOWED)
        return log_refuse(reader->actor, &taking.wish, asked.decision.why, &asked.decision.ask);
    if (id_is_none(asked.row.id))
        return fail(E_NOT_FOUND);
    taking.report = asked.row.id;
    TRY(keys_unwrap(reader->service->keys, actor_key(reader->actor, PURPOSE_REPORT, SCOPE_REPORT, asked.row.id), asked.scope.wrapped,
                    &key));
    Err lined = store_write(reader->actor->store, line_work, &taking);
    if (lined.id == E_FORBIDDEN)
        return log_refuse(reader->actor, &taking.wish, taking.why, &asked.decision.ask);
    TRY(lined);
    return report_open(&(ReportBytes){reader->service, reader->actor, asked.row.id, &key}, &asked.row, reader->keep, ret_file);
}

Err report_take(const LogReader *reader, Id log, Str *ret_file)
{
    TRY(service_proved(reader->actor, ACT_ARCHIVE_REPORT_READ));
    Err taken = take(reader, log, ret_file);
    return taken.id == E_STALE ? take(reader, log, ret_file) : taken;
}

/* ---- the list ---- */

static Err read_list(Tx *tx, const LogReader *reader, ReportTold **ret_items, uint32_t *ret_count)
{
    ReportTold *items = NULL;
    ReportRows rows = {0};

    TRY(store_reports_kept(tx, LIST_MAX, reader->keep, &rows));
    TRY(ARENA_NEW(reader->keep, ReportTold, (size_t)rows.count + 1, &items));
    for (uint32_t i = 0; i < rows.count; i++) {
        LogRow log = {0};
        TRY(store_log_by_id(tx, rows.items[i].log, &log));
        items[i] = (ReportTold){.row = rows.items[i], .display = log.display, .deleted = true};
        days_of(&rows.items[i], &items[i]);
    }
    *ret_items = items;
    *ret_count = rows.count;
    return ok();
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

static Err list_now(const LogReader *reader, ReportTold **ret_items, uint32_t *ret_count)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reader->actor->store, &tx));
    return read_list(tx, reader, ret_items, ret_count);
}

Err report_list(const LogReader *reader, ReportList *ret_list)
{
    const Actor *actor = reader->actor;
    AuditLine line = service_line(actor, ACT_ARCHIVE_REPORTS_LIST, OBJECT_NONE, (Id){0});
    const Ask question = {.act = ACT_ARCHIVE_REPORTS_LIST, .role = actor->role, .relation = log_list_relation(actor)};
    ReportTold *items = NULL;

    Why why = policy_decide(question);
    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_ARCHIVE_REPORTS_LIST, OBJECT_NONE, (Id){0}, why);
    TRY(list_now(reader, &items, &line.amount));
    TRY(store_write(actor->store, write_line, &line));
    *ret_list = (ReportList){items, line.amount};
    return ok();
}

/* The archive report of a log, and the list of those that outlived their logs.
 * Must not show anything of the log itself.
 * Called through the table of routes. */
#include "web/report/report.h"

#include "domain/log_number.h"
#include "pages/templates.h"
#include "service/report/ordered.h"
#include "service/report/taken.h"
#include "service/session/files.h"
#include "service/session/memory.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/inputs.h"
#include "web/log/layout.h"

#define LIST "/rapporter"

static Err hash_words(const Call *call, const Hash *hash, Str *ret_text)
{
    Buf text = buf_new(call->arena, (size_t)2 * HASH_BYTES);

    buf_add_hex(&text, str_from_bytes(hash->bytes, HASH_BYTES));
    return buf_done(&text, ret_text);
}

static Err size_words(const Call *call, int64_t size, Str *ret_text)
{
    return str_format(call->arena, ret_text, "%lld kB", (long long)((size + 999) / 1000));
}

static Err layout_of(Call *call, const ReportTold *told, LayoutView *ret_layout)
{
    LogView log = {.summary.id = call->ids[0], .summary.display = told->display};
    LinkView *crumbs = NULL;

    TRY(log_layout(call, &log, call_text(call, MSG_REPORT_TITLE), ret_layout));
    if (!told->deleted)
        return ok();
    TRY(ARENA_NEW(call->arena, LinkView, 2, &crumbs));
    crumbs[0] = (LinkView){.url = URL(LIST), .text = call_text(call, MSG_REPORT_LIST_HEADING)};
    crumbs[1] = (LinkView){.text = ret_layout->title};
    ret_layout->crumbs = (Links){.items = crumbs, .count = 2};
    return ok();
}

static Err told_view(Call *call, const ReportTold *told, PageReport *page)
{
    Inputs inputs;

    page->made = (Moment){told->row.made_at};
    page->by = told->made_by;
    page->old = !told->is_new && !told->deleted && told->gone_on == 0;
    page->gone_on = told->gone_on;
    page->backups_gone_on = told->backups_gone_on;
    TRY(hash_words(call, &told->row.sha256, &page->hash));
    TRY(size_words(call, told->row.size, &page->size));
    TRY(inputs_new(call, 1, &inputs));
    return inputs_form(&inputs, (Url){call->request->path}, call_text(call, MSG_REPORT_TAKE), &page->take);
}

Err log_report_page(Call *call)
{
    Html html = call_html(call);
    PageReport page = {0};
    ReportTold told;

    TRY(report_told(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], &told));
    TRY(layout_of(call, &told, &page.layout));
    page.exists = !id_is_none(told.row.id);
    if (page.exists)
        TRY(told_view(call, &told, &page));
    if (told.deleted) {
        page.back = URL(LIST);
    } else {
        if (id_is_none(told.order.id))
            TRY(act_url(call, call->ids[0], (Id){0}, act_code(ACT_ARCHIVE_REPORT_MAKE), &page.make));
        else
            TRY(log_url(call, call->ids[0], "/rapport/lages", &page.order));
        TRY(log_url(call, call->ids[0], "", &page.back));
    }
    page_report(&html, &page);
    return call_page(call, 200, &html);
}

/* Opening one takes a thread and memory for a while, as any file does. */
static Err take(Call *call, Str *ret_file)
{
    Files *files = sessions_files(call->service->sessions);

    TRY(files_begin(files, &call->actor.session, call->actor.now));
    Err taken = report_take(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], ret_file);
    files_end(files);
    return taken;
}

/* The file is named by what it is, never by a person. */
Err log_report_send(Call *call)
{
    Str file = STR_NONE;

    TRY(take(call, &file));
    response_header(call->response, "Content-Disposition", STR("attachment; filename=\"arkivrapport.zip\""));
    return call_bytes(call, STR("application/zip"), file);
}

/* ---- one that is ordered ---- */

static Err phase_words(const Call *call, const ReportOrderRow *order, Str *ret_text)
{
    const MsgArgument arguments[] = {{.name = STR("done"), .type = ARGUMENT_NUMBER, .number = order->done},
                                     {.name = STR("total"), .type = ARGUMENT_NUMBER, .number = order->total}};

    if (order->phase == 0) {
        *ret_text = call_text(call, MSG_REPORT_ORDER_WAITS);
        return ok();
    }
    if (order->phase == REPORT_PHASE_READING)
        return message_of(call, MSG_REPORT_ORDER_READING, arguments, COUNT_OF(arguments), ret_text);
    if (order->phase == REPORT_PHASE_WRITING)
        return message_of(call, MSG_REPORT_ORDER_WRITING, arguments, COUNT_OF(arguments), ret_text);
    return code_word(call, CODES_REPORT_PHASE, code_text(order->phase), ret_text);
}

static Err order_words(const Call *call, const ReportOrdered *ordered, Str *ret_text)
{
    const ReportOrderRow *order = &ordered->order;

    if (order->failed != 0)
        return code_word(call, CODES_REPORT_FAILED, code_text(order->failed), ret_text);
    if (!id_is_none(order->id))
        return phase_words(call, order, ret_text);
    *ret_text = call_text(call, ordered->made_at != 0 ? MSG_REPORT_ORDER_MADE : MSG_REPORT_NONE);
    return ok();
}

/* The page is no reading of the log: what it says of it is that a report is made. It does not come again by itself, which would take
 * whoever reads it aloud back to its beginning. */
Err log_report_order_page(Call *call)
{
    Html html = call_html(call);
    PageReportOrder page = {0};
    ReportOrdered ordered;

    TRY(report_ordered(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], &ordered));
    TRY(layout_of(call, &(ReportTold){.display = ordered.display}, &page.layout));
    TRY(order_words(call, &ordered, &page.stand));
    page.waits = !id_is_none(ordered.order.id) && ordered.order.failed == 0;
    page.ordered = (Moment){ordered.order.ordered_at};
    if (page.waits)
        page.again = (Url){call->request->path};
    else
        TRY(act_url(call, call->ids[0], (Id){0}, act_code(ACT_ARCHIVE_REPORT_MAKE), &page.make));
    if (ordered.made_at != 0)
        TRY(log_url(call, call->ids[0], "/rapport", &page.report));
    TRY(log_url(call, call->ids[0], "", &page.back));
    page_report_order(&html, &page);
    return call_page(call, 200, &html);
}

/* ---- those that outlived their logs ---- */

static Err row_view(const Call *call, const ReportTold *told, ReportView *view)
{
    Str number = STR_NONE;

    *view = (ReportView){.made = {told->row.made_at}, .gone_on = told->gone_on, .backups_gone_on = told->backups_gone_on};
    TRY(log_url(call, told->row.log, "/rapport", &view->url));
    TRY(log_number_text(told->display, call->arena, &number));
    return message_with(call, MSG_LOG_TITLE, "number", number, &view->name);
}

Err reports_page(Call *call)
{
    PageReports page = {0};
    Html html = call_html(call);
    ReportView *rows = NULL;
    ReportList list;

    TRY(report_list(&(LogReader){call->service, &call->actor, call->arena}, &list));
    page.layout = call_layout(call, call_text(call, MSG_REPORT_LIST_HEADING), LIST);
    page.layout.sensitive = list.count > 0;
    TRY(ARENA_NEW(call->arena, ReportView, (size_t)list.count + 1, &rows));
    for (uint32_t i = 0; i < list.count; i++)
        TRY(row_view(call, &list.items[i], &rows[i]));
    page.reports = (ReportViews){.items = rows, .count = list.count};
    page_reports(&html, &page);
    return call_page(call, 200, &html);
}

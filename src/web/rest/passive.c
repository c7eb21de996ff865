/* The passive logs of a manager's unit, and those of the municipality: how long each has been so, and what comes next.
 * Must not show a name that the service did not give.
 * Called through the table of routes. */
#include "web/rest/passive.h"

#include <stdio.h>

#include "base/calendar.h"
#include "domain/notices.h"
#include "pages/templates.h"
#include "service/reading/list.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/line.h"
#include "web/call/words.h"

/* What is no such mark begins with the first. */
static PassiveBehind behind_of(const Call *call)
{
    Str text = call_query(call, "before"), at = STR_NONE;
    Str no = str_cut(text, '-', &at);
    PassiveBehind behind = {0};

    if (!is_ok(num_parse(at, 1, INT64_MAX, &behind.passive_at)) || !is_ok(num_parse(no, 1, INT64_MAX, &behind.no)))
        return (PassiveBehind){0};
    return behind;
}

Err passive_list(Call *call, LogSummaries *ret_logs)
{
    TRY(log_list_passive(call->service, &call->actor, behind_of(call), call->arena, ret_logs));
    if (ret_logs->held > 0)
        line_log_closed(call, fail(E_FORGED));
    return ok();
}

/* What falls due is told in the words of its notice, and where it has none as what the clock is called. */
static Err next_words(const Call *call, const LogSummary *log, Str *ret_words)
{
    char code[16];
    NoticeId notice = notice_of_clock(log->next);

    *ret_words = STR_NONE;
    if (notice == NOTICE_NONE)
        return ok();
    snprintf(code, sizeof code, "%u", (unsigned)notice);
    return word_of(call, "notice", code, ret_words);
}

static Err row_view(const Call *call, const LogSummary *log, PassiveView *ret_view)
{
    const Day since = oslo_day(log->passive_since);
    const MsgArgument months = {.name = STR("count"), .type = ARGUMENT_NUMBER, .number = day_months_since(since, oslo_day(call->actor.now))};
    PassiveView view = {.name = log->child_name, .unit = log->unit_name, .since = since};

    view.next_on = log->next == CLOCK_NONE ? 0 : oslo_day(log->next_at);
    if (view.name.length == 0)
        TRY(str_format(call->arena, &view.name, "%u", log->display));
    TRY(log_url(call, log->id, "", &view.url));
    TRY(message_of(call, MSG_PASSIVE_MONTHS, &months, 1, &view.months));
    TRY(next_words(call, log, &view.next));
    *ret_view = view;
    return ok();
}

Err passive_next(Call *call, const LogSummaries *logs, Str *ret_before)
{
    const LogSummary *last = logs->count > 0 ? &logs->items[logs->count - 1] : NULL;

    *ret_before = STR_NONE;
    if (!logs->more || !last)
        return ok();
    return str_format(call->arena, ret_before, "%lld-%lld", (long long)last->passive_since, (long long)logs->last_no);
}

Err passive_page(Call *call)
{
    PagePassive view = {0};
    Html html = call_html(call);
    LogSummaries logs = {0};
    PassiveView *rows = NULL;
    Str before = STR_NONE;

    TRY(passive_list(call, &logs));
    view.layout = call_layout(call, call_text(call, MSG_PASSIVE_HEADING), "/passive");
    view.layout.sensitive = logs.count > 0;
    TRY(ARENA_NEW(call->arena, PassiveView, (size_t)logs.count + 1, &rows));
    for (uint32_t i = 0; i < logs.count; i++)
        TRY(row_view(call, &logs.items[i], &rows[i]));
    view.logs = (PassiveViews){.items = rows, .count = logs.count};
    TRY(passive_next(call, &logs, &before));
    if (before.length > 0)
        TRY(url_format(call->arena, &view.more, "/passive?before=%.*s", STR_ARGS(before)));
    page_passive(&html, &view);
    return call_page(call, 200, &html);
}

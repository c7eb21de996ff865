/* The list of one's own logs, and finding one that needs a reason.
 * Must not show a child's name where the service gave a stub.
 * Called through the table of routes. */
#include "web/handlers.h"
#include "web/words.h"

static Err row_view(const Call *call, const LogSummary *log, LogLineView *ret_row)
{
    LogLineView row = {
        .name = log->child_name,
        .level = log->level,
        .next_step = log->next_step,
        .about = log->unit_name,
        .due = due_view(call, (Day)log->next_due),
    };

    TRY(log_url(call, log->id, "", &row.url));
    if (log->stub || row.name.length == 0)
        TRY(str_format(call->arena, &row.name, "%u", log->display));
    TRY(word_of(call, "role", role_code(log->relation), &row.relation));
    TRY(word_of(call, "state", state_code(log->state), &row.state));
    if (log->level)
        TRY(word_of(call, "level", (const char[]){(char)('0' + log->level), 0}, &row.level_name));
    if (log->state != STATE_ACTIVE)
        row.exception = (TagView){.text = row.state, .color = TAG_WARNING};
    *ret_row = row;
    return ok();
}

static Err to_only_log(Call *call, const LogSummary *log)
{
    Url url;

    TRY(log_url(call, log->id, "", &url));
    return call_redirect(call, url.text);
}

Err mine_page(Call *call)
{
    PageMine view = {.layout = call_layout(call, call_text(call, MSG_WEB_NAV_MINE), "/mine")};
    Html html = call_html(call);
    LogSummaries logs = {0};
    LogLineView *rows = NULL;

    TRY(log_list(call->service, &call->actor, call->arena, &logs));
    /* A family has one log as a rule, and wants to read it. */
    if (role_is_family(call->actor.role) && logs.count == 1)
        return to_only_log(call, &logs.items[0]);
    TRY(ARENA_NEW(call->arena, LogLineView, logs.count, &rows));
    for (uint32_t i = 0; i < logs.count; i++)
        TRY(row_view(call, &logs.items[i], &rows[i]));
    view.logs = (LogLines){.items = rows, .count = logs.count};
    view.layout.sensitive = logs.count > 0;
    if (call->actor.role == ROLE_RELAY_HOLDER)
        view.create = URL("/ny");
    page_mine(&html, &view);
    return call_page(call, 200, &html);
}

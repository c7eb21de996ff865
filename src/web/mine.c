/* The list of one's own logs, and finding one that needs a reason.
 * Must not show a child's name where the service gave a stub.
 * Called through the table of routes. */
#include "web/handlers.h"

#define SOON_DAYS 7

/* How near a deadline is, in words and colour. */
static DueView due_view(const Call *call, int64_t due)
{
    Day today = oslo_day(call->actor.now);
    DueView view = {.day = (Day)due, .urgency = DUE_NORMAL};

    if (due < 0)
        return (DueView){0};
    if (due < today) {
        view.urgency = DUE_LATE;
        view.days = today - due;
    } else if (due - today <= SOON_DAYS) {
        view.urgency = DUE_SOON;
        view.days = due - today;
    }
    return view;
}

static Err keyed(const Call *call, const char *prefix, const char *code, Str *ret_text)
{
    Str key = STR_NONE;

    TRY(str_format(call->arena, &key, "%s.%s", prefix, code));
    *ret_text = msg_by_key(call->language, key);
    return ok();
}

static Err row_view(const Call *call, const LogSummary *log, LogLineView *ret_row)
{
    LogLineView row = {
        .name = log->child_name,
        .level = log->level,
        .next_step = log->next_step,
        .due = due_view(call, log->next_due),
    };
    char id[ID_TEXT + 1];

    id_to_text(log->id, id);
    TRY(url_format(call->arena, &row.url, "/logg/%s", id));
    TRY(str_format(call->arena, &row.about, "%u", log->display));
    if (log->stub || row.name.length == 0)
        row.name = row.about;
    TRY(keyed(call, "role", role_code(log->relation), &row.relation));
    TRY(keyed(call, "state", state_code(log->state), &row.state));
    if (log->level)
        TRY(keyed(call, "level", (const char[]){(char)('0' + log->level), 0}, &row.level_name));
    if (log->state != STATE_ACTIVE)
        row.exception = (TagView){.text = row.state, .color = TAG_WARNING};
    *ret_row = row;
    return ok();
}

Err mine_page(Call *call)
{
    PageMine view = {.layout = call_layout(call, call_text(call, MSG_WEB_NAV_MINE), "/mine")};
    Html html = call_html(call);
    LogSummaries logs = {0};
    LogLineView *rows = NULL;

    TRY(log_list(call->service, &call->actor, call->arena, &logs));
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

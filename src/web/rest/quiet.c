/* The logs in which nothing has happened for long, and about which the reader is asked: holder and manager first, the administrator
 * after twice the time. They are the tasks that wait, by log.
 * Must not show a name that the service did not give.
 * Called through the table of routes. */
#include "web/rest/quiet.h"

#include "base/calendar.h"
#include "domain/log_number.h"
#include "pages/templates.h"
#include "service/people/unit_names.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/log/inbox.h"

static bool is_about_rest(const InboxItem *item)
{
    return item->waits && !id_is_none(item->log) &&
           (item->notice == NOTICE_QUIET || item->notice == NOTICE_QUIET_LISTED || item->notice == NOTICE_MOVED_QUIET);
}

static Err row_view(const Call *call, const InboxItem *item, PassiveView *ret_view)
{
    PassiveView view = {.name = item->child_name, .since = oslo_day(item->due)};

    if (view.name.length == 0)
        TRY(log_number_text(item->display, call->arena, &view.name));
    TRY(log_url(call, item->log, "", &view.url));
    *ret_view = view;
    return ok();
}

static Err rows_of(Call *call, const InboxItems *items, PassiveViews *ret_rows)
{
    PassiveView *rows = NULL;
    Str *names = NULL;
    Id *units = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(call->arena, PassiveView, (size_t)items->count + 1, &rows));
    TRY(ARENA_NEW(call->arena, Str, (size_t)items->count + 1, &names));
    TRY(ARENA_NEW(call->arena, Id, (size_t)items->count + 1, &units));
    for (uint32_t i = 0; i < items->count; i++) {
        if (!is_about_rest(&items->items[i]))
            continue;
        units[count] = items->items[i].unit;
        TRY(row_view(call, &items->items[i], &rows[count++]));
    }
    TRY(people_unit_names(call->service, &call->actor, (IdList){units, count}, call->arena, names));
    for (uint32_t i = 0; i < count; i++)
        rows[i].unit = names[i];
    *ret_rows = (PassiveViews){.items = rows, .count = count};
    return ok();
}

Err quiet_page(Call *call)
{
    PagePassive view = {0};
    Html html = call_html(call);
    InboxItems items = {0};

    TRY(inbox_list_waiting(call, &items));
    call->unread = items.unread;
    view.layout = call_layout(call, call_text(call, MSG_QUIET_HEADING), "/passive");
    TRY(rows_of(call, &items, &view.logs));
    view.layout.sensitive = view.logs.count > 0;
    page_quiet(&html, &view);
    return call_page(call, 200, &html);
}

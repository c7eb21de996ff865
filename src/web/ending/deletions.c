/* The list of orders to delete logs.
 * Must not show a name of whom a log is about.
 * Called through the table of routes. */
#include "web/ending/deletions.h"

#include "domain/log_number.h"
#include "pages/templates.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/words.h"

/* What is no such mark begins with the first. */
DeletionBehind deletions_behind(const Call *call)
{
    Str text = call_query(call, "before"), at = STR_NONE;
    Str id = str_cut(text, '-', &at);
    DeletionBehind behind = {0};

    if (!is_ok(num_parse(at, 1, INT64_MAX, &behind.at)) || !is_ok(id_from_text(id, &behind.id)))
        return (DeletionBehind){0};
    return behind;
}

Err deletions_list(Call *call, DeletionItems *ret_items)
{
    return deletions_waiting(call->service, &call->actor, deletions_behind(call), call->arena, ret_items);
}

Err deletions_mark(Call *call, int64_t at, Id id, Str *ret_before)
{
    char text[ID_TEXT + 1];

    id_to_text(id, text);
    return str_format(call->arena, ret_before, "%lld-%s", (long long)at, text);
}

Err deletions_next(Call *call, const DeletionItems *items, Str *ret_before)
{
    const DeletionItem *last = items->count > 0 ? &items->items[items->count - 1] : NULL;

    *ret_before = STR_NONE;
    return items->more && last ? deletions_mark(call, last->row.ordered_at, last->row.id, ret_before) : ok();
}

static Err row_view(const Call *call, const DeletionItem *item, DeletionView *ret_view)
{
    const DeletionRow *row = &item->row;
    const MsgArgument from = {.name = STR("time"), .type = ARGUMENT_MOMENT, .number = row->purge_at};
    DeletionView view = {.unit = item->unit_name, .ordered_by = item->ordered_by, .ordered_at = {row->ordered_at}};

    TRY(log_url(call, row->log, "", &view.url));
    TRY(log_number_text(row->display, call->arena, &view.number));
    TRY(code_word(call, CODES_DELETION_CAUSE, code_text(row->scenario), &view.cause));
    if (row->approved_at != 0)
        TRY(message_of(call, MSG_DELETIONS_FROM, &from, 1, &view.state));
    else
        view.state = call_text(call, item->may_approve ? MSG_DELETIONS_YOURS : MSG_DELETIONS_WAITS);
    if (item->stop_asked)
        view.asked = call_text(call, MSG_DELETIONS_STOP_ASKED);
    *ret_view = view;
    return ok();
}

/* Those that somebody has approved, or those that nobody has. */
static Err views_of(Call *call, const DeletionItems *items, bool approved, DeletionViews *ret_views)
{
    DeletionView *views = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, DeletionView, (size_t)items->count + 1, &views));
    for (uint32_t i = 0; i < items->count; i++)
        if ((items->items[i].row.approved_at != 0) == approved)
            TRY(row_view(call, &items->items[i], &views[count++]));
    *ret_views = (DeletionViews){.items = views, .count = count};
    return ok();
}

Err deletions_page(Call *call)
{
    PageDeletions page = {0};
    Html html = call_html(call);
    DeletionItems items = {0};
    Str before = STR_NONE;

    TRY(deletions_list(call, &items));
    page.layout = call_layout(call, call_text(call, MSG_DELETIONS_HEADING), "/sletting");
    page.layout.sensitive = items.count > 0;
    page.none = items.count == 0;
    if (call->actor.role == ROLE_MUNICIPALITY_ADMIN)
        page.done = URL("/attester");
    TRY(views_of(call, &items, false, &page.waiting));
    TRY(views_of(call, &items, true, &page.approved));
    TRY(deletions_next(call, &items, &before));
    if (before.length > 0)
        TRY(url_format(call->arena, &page.more, "/sletting?before=%.*s", STR_ARGS(before)));
    page_deletions(&html, &page);
    return call_page(call, 200, &html);
}

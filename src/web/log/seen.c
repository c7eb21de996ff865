/* Who has seen a log, a page at a time.
 * Must not show more than the service gives.
 * Called through the table of routes. */
#include "web/log/seen.h"

#include "pages/templates.h"
#include "service/reading/seen.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/words.h"

static Err seen_row(Call *call, const Seen *seen, SeenView *row)
{
    *row = (SeenView){.at = {seen->at}, .name = seen->name, .anew = seen->anew};
    TRY(word_of(call, "role", role_code(seen->role), &row->role));
    TRY(word_of(call, "act", act_code(seen->act), &row->what));
    if (row->name.length == 0)
        row->name = row->role;
    if (seen->reason != OPENING_NONE)
        TRY(word_of(call, "opening", opening_code(seen->reason), &row->reason));
    return ok();
}

static Err seen_crumbs(Call *call, LayoutView *layout)
{
    LinkView *crumbs = NULL;

    TRY(ARENA_NEW(call->arena, LinkView, 3, &crumbs));
    crumbs[0] = (LinkView){.url = URL("/mine"), .text = call_text(call, MSG_WEB_NAV_MINE)};
    crumbs[1] = (LinkView){.text = call_text(call, MSG_SEEN_LOG)};
    crumbs[2] = (LinkView){.text = call_text(call, MSG_SEEN_HEADING)};
    layout->crumbs = (Links){.items = crumbs, .count = 3};
    return log_url(call, call->ids[0], "", &crumbs[1].url);
}

/* GET /logg/{id}/sett[?eldre=line] */
Err log_seen_page(Call *call)
{
    PageSeen page = {.layout = call_layout(call, call_text(call, MSG_SEEN_HEADING), "")};
    Html html = call_html(call);
    SeenView *rows = NULL;
    const Seen *seen = NULL;
    uint32_t count = 0;
    int64_t before = 0;
    char id[ID_TEXT + 1];

    if (!is_ok(num_parse(call_query(call, "eldre"), 1, INT64_MAX, &before)))
        before = 0;
    TRY(log_seen(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], (uint64_t)before, &seen, &count));
    TRY(ARENA_NEW(call->arena, SeenView, count + 1, &rows));
    for (uint32_t i = 0; i < count; i++)
        TRY(seen_row(call, &seen[i], &rows[i]));
    page.rows = (SeenViews){.items = rows, .count = count};
    id_to_text(call->ids[0], id);
    TRY(url_format(call->arena, &page.back, "/logg/%s", id));
    if (count == LOG_SEEN_PAGE)
        TRY(url_format(call->arena, &page.older, "/logg/%s/sett?eldre=%llu", id, (unsigned long long)seen[count - 1].line));
    TRY(seen_crumbs(call, &page.layout));
    page.layout.sensitive = true;
    page_seen(&html, &page);
    return call_page(call, 200, &html);
}

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
#include "web/form/reason.h"

/* "Leste loggen · Skrev et notat" */
static Err acts_words(Call *call, const ActSet *acts, Str *ret_words)
{
    Buf words = buf_new(call->arena, 1 << 14);

    for (unsigned act = ACT_NONE + 1; act < ACT_COUNT; act++) {
        Str word = STR_NONE;
        if (!(acts->bits[act / 64] >> (act % 64) & 1))
            continue;
        TRY(word_of(call, "act", act_code((Act)act), &word));
        buf_add(&words, words.length > 0 ? STR(" · ") : STR_NONE);
        buf_add(&words, word);
    }
    return buf_done(&words, ret_words);
}

static Err seen_row(Call *call, const Seen *seen, SeenView *row)
{
    *row = (SeenView){.at = {seen->at}, .name = seen->name, .anew = seen->anew};
    if (seen->role == ROLE_NONE)
        row->role = call_text(call, MSG_SEEN_SERVICE);
    else
        TRY(word_of(call, "role", role_code(seen->role), &row->role));
    TRY(acts_words(call, &seen->acts, &row->what));
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

static Err address(Call *call, enum Opening reason, uint64_t before, Url *ret_url)
{
    char log[ID_TEXT + 1];

    id_to_text(call->ids[0], log);
    if (reason == OPENING_NONE)
        return url_format(call->arena, ret_url, "/logg/%s/sett?eldre=%llu", log, (unsigned long long)before);
    if (before == 0)
        return url_format(call->arena, ret_url, "/logg/%s/sett?" REASON_FIELD "=%s", log, opening_code(reason));
    return url_format(call->arena, ret_url, "/logg/%s/sett?" REASON_FIELD "=%s&eldre=%llu", log, opening_code(reason),
                      (unsigned long long)before);
}

/* Who of the family it was is told to an administrator with a reason: a link for each that they may give. */
static Err names_links(Call *call, Links *ret_links)
{
    uint32_t openings = policy_openings(call->actor.role);
    LinkView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, LinkView, OPENING_LIMIT, &items));
    for (unsigned opening = OPENING_NONE + 1; opening < OPENING_LIMIT; opening++) {
        if (!(openings >> opening & 1))
            continue;
        TRY(word_of(call, "opening", opening_code((Opening)opening), &items[count].text));
        TRY(address(call, (Opening)opening, 0, &items[count++].url));
    }
    *ret_links = (Links){.items = items, .count = count};
    return ok();
}

static Err show_seen(Call *call, const LogSeen *seen, enum Opening reason)
{
    PageSeen page = {.layout = call_layout(call, call_text(call, MSG_SEEN_HEADING), "")};
    Html html = call_html(call);
    SeenView *rows = NULL;

    TRY(ARENA_NEW(call->arena, SeenView, (size_t)seen->count + 1, &rows));
    for (uint32_t i = 0; i < seen->count; i++)
        TRY(seen_row(call, &seen->items[i], &rows[i]));
    page.rows = (SeenViews){.items = rows, .count = seen->count};
    TRY(log_url(call, call->ids[0], "", &page.back));
    if (seen->before > 0)
        TRY(address(call, reason, seen->before, &page.older));
    if (seen->nameless)
        TRY(names_links(call, &page.names));
    TRY(seen_crumbs(call, &page.layout));
    page.layout.sensitive = true;
    page_seen(&html, &page);
    return call_page(call, 200, &html);
}

/* GET /logg/{id}/sett[?grunn=...][&eldre=line] */
Err log_seen_page(Call *call)
{
    LogSeenWish wish = {.log = call->ids[0], .reason = call->actor.reason};
    Why why = WHY_UNDECIDED;
    LogSeen seen = {0};
    int64_t before = 0;

    if (is_ok(num_parse(call_query(call, "eldre"), 1, INT64_MAX, &before)))
        wish.before = (uint64_t)before;
    Err read = log_seen(&(LogReader){call->service, &call->actor, call->arena}, &wish, &why, &seen);
    TRY(read);
    return show_seen(call, &seen, wish.reason);
}

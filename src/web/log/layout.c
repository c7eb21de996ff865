/* What pages about one log have in common: the log of the address, the title, the way back.
 * Must not name a child in a title or an address.
 * Called by the pages of this room. */
#include "web/log/layout.h"

#include "domain/log_number.h"
#include "pages/views.h"
#include "service/reading/open.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/words.h"

Err log_of_address(Call *call, LogView *ret_log)
{
    Why why = WHY_UNDECIDED;

    TRY(log_open(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], OPENING_NONE, &why, ret_log));
    return why == WHY_ALLOWED ? ok() : fail(E_FORBIDDEN);
}

Err log_of_address_to_add(Call *call, const Kind *kind, LogView *ret_log)
{
    const LogReader reader = {call->service, &call->actor, call->arena};
    Why why = WHY_UNDECIDED;

    TRY(log_open_to_add(&reader, call->ids[0], kind, &why, ret_log));
    return why == WHY_ALLOWED ? ok() : fail(E_FORBIDDEN);
}

static Err log_title(Call *call, const LogView *log, Str *ret_title)
{
    Str number = STR_NONE;

    TRY(log_number_text(log->summary.display, call->arena, &number));
    return message_with(call, MSG_LOG_TITLE, "number", number, ret_title);
}

/* Whoever takes part is named in the log: their account need not be opened for it. */
static void know_user_name(Call *call, const LogView *log)
{
    for (uint32_t i = 0; i < log->people_count && call->user_name.length == 0; i++)
        if (id_equal(log->people[i].person, call->actor.person))
            call->user_name = log->people[i].name;
}

Err log_layout(Call *call, const LogView *log, Str part, LayoutView *ret_layout)
{
    LinkView *crumbs = NULL;
    size_t count = 0;
    Str title = STR_NONE;

    know_user_name(call, log);
    TRY(log_title(call, log, &title));
    TRY(ARENA_NEW(call->arena, LinkView, 3, &crumbs));
    crumbs[count++] = (LinkView){.url = URL("/mine"), .text = call_text(call, MSG_WEB_NAV_MINE)};
    crumbs[count] = (LinkView){.text = log->summary.child_name.length ? log->summary.child_name : title};
    if (part.length > 0) {
        TRY(log_url(call, log->summary.id, "", &crumbs[count++].url));
        crumbs[count] = (LinkView){.text = part};
        TRY(str_format(call->arena, &title, "%.*s: %.*s", STR_ARGS(title), STR_ARGS(part)));
    }
    *ret_layout = call_layout(call, title, "");
    ret_layout->crumbs = (Links){.items = crumbs, .count = count + 1};
    ret_layout->sensitive = true;
    return ok();
}

/* Choosing the language of the pages.
 * Must not lead anywhere but to a page of ours.
 * Called by web.c, layout.c and the table of routes. */
#include "web/call/language.h"

#include "gateway/cookie.h"
#include "pages/views.h"
#include "service/session/form_token.h"
#include "web/call/answer.h"

#define COOKIE_NAME "__Host-stafettlogg-language"
#define COOKIE_RULES "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=31536000"

static const struct {
    enum language language;
    Str name; /* in the language itself */
} names[] = {
    {.language = LANGUAGE_NB, .name = {.data = "Bokmål", .length = sizeof "Bokmål" - 1}},
    {.language = LANGUAGE_NN, .name = {.data = "Nynorsk", .length = sizeof "Nynorsk" - 1}},
    {.language = LANGUAGE_EN, .name = {.data = "English", .length = sizeof "English" - 1}},
};
static_assert(COUNT_OF(names) == LANGUAGE_COUNT, "every language has its name");

enum language language_of(const Request *request)
{
    enum language language = LANGUAGE_NB;
    Str value = cookie_find(request->headers[HEADER_COOKIE], STR(COOKIE_NAME));

    return is_ok(language_from_tag(value, &language)) ? language : LANGUAGE_NB;
}

/* ---- the choice ---- */

static Err links_of(const Call *call, Links *ret_links)
{
    LinkView *items = NULL;

    TRY(ARENA_NEW(call->arena, LinkView, COUNT_OF(names), &items));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        items[i] = (LinkView){
            .text = names[i].name,
            .hidden = language_tag(names[i].language),
            .current = names[i].language == call->language,
        };
    *ret_links = (Links){.items = items, .count = COUNT_OF(names)};
    return ok();
}

void language_choice(Call *call, LayoutView *layout)
{
    if (!call->route || call->request->method == METHOD_POST)
        return;
    if (layout->form_token.length == 0 &&
        !is_ok(form_token_new(call->service, call->form_secret, call->arena, &layout->form_token)))
        return;
    /* Without what stands behind '?': nobody shall choose text that stands beside a child's (docs/decisions/0007). */
    layout->here = call->request->path;
    if (!is_ok(links_of(call, &layout->languages)))
        layout->languages = (Links){0};
}

/* ---- choosing ---- */

/* Only an address of the table of routes: whatever else was sent leads to the front page. */
static Str page_of_ours(Str path)
{
    const Route *route = NULL;
    Id ids[ROUTE_IDS];
    Str word = STR_NONE;

    if (!is_ok(route_find(METHOD_GET, path, &route, ids, &word)) || route->file_mib)
        return STR("/");
    return path;
}

Err language_send(Call *call)
{
    enum language language = LANGUAGE_NB;
    Str value = STR_NONE;

    TRY(language_from_tag(call_field(call, "language"), &language));
    TRY(str_format(call->arena, &value, COOKIE_NAME "=%.*s" COOKIE_RULES, STR_ARGS(language_tag(language))));
    response_header(call->response, "Set-Cookie", value);
    return call_redirect(call, page_of_ours(call_field(call, "back")));
}

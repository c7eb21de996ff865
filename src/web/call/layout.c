/* What every page has: who is signed in, in which role, where one can go.
 * Must not show an address that the role has no use for, nor put a name into a title.
 * Called by web/error.c and the handlers. */
#include "web/call/layout.h"

#include "domain/signin.h"
#include "pages/views.h"
#include "service/jobs/day.h"
#include "service/people/account.h"
#include "service/session/form_token.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/language.h"

typedef struct NavigationRow {
    const char *url;
    enum msg text;
    uint32_t roles; /* 1 << ROLE_x */
} NavigationRow;

#define NOTICES "/varsler"
#define R(role) (1u << ROLE_##role)
static const NavigationRow navigation[] = {
    {.url = "/mine", .text = MSG_WEB_NAV_MINE,
     .roles = R(RELAY_HOLDER) | R(ACTOR) | R(ORG_MANAGER) | R(MUNICIPALITY_ADMIN) | R(GUARDIAN) | R(CHILD)},
    {.url = "/ny", .text = MSG_WEB_NAV_NEW, .roles = R(RELAY_HOLDER)},
    {.url = NOTICES, .text = MSG_WEB_NAV_INBOX,
     .roles = R(RELAY_HOLDER) | R(ACTOR) | R(ORG_MANAGER) | R(MUNICIPALITY_ADMIN) | R(GUARDIAN) | R(CHILD)},
    {.url = "/invitasjon", .text = MSG_WEB_NAV_INVITED, .roles = R(GUARDIAN)},
    {.url = "/passive", .text = MSG_WEB_NAV_PASSIVE, .roles = R(ORG_MANAGER) | R(MUNICIPALITY_ADMIN)},
    {.url = "/sletting", .text = MSG_WEB_NAV_DELETIONS, .roles = R(ORG_MANAGER) | R(MUNICIPALITY_ADMIN)},
    {.url = "/attester", .text = MSG_WEB_NAV_DELETIONS, .roles = R(AUDITOR)},
    {.url = "/rapporter", .text = MSG_REPORT_LIST_HEADING, .roles = R(MUNICIPALITY_ADMIN)},
    {.url = "/statistikk", .text = MSG_WEB_NAV_STATISTICS, .roles = R(ORG_MANAGER) | R(MUNICIPALITY_ADMIN)},
    {.url = "/ansatte", .text = MSG_WEB_NAV_STAFF, .roles = R(ORG_MANAGER)},
    {.url = "/enheter", .text = MSG_WEB_NAV_UNITS, .roles = R(MUNICIPALITY_ADMIN)},
    {.url = "/innstillinger", .text = MSG_WEB_NAV_SETTINGS, .roles = R(MUNICIPALITY_ADMIN)},
};
#undef R

static Links links_of(const Call *call, const char *current)
{
    LinkView *items = NULL;
    size_t count = 0;

    if (!call->signed_in || !is_ok(ARENA_NEW(call->arena, LinkView, COUNT_OF(navigation), &items)))
        return (Links){0};
    for (size_t i = 0; i < COUNT_OF(navigation); i++) {
        if (!(navigation[i].roles >> call->actor.role & 1))
            continue;
        Str url = str_from_c(navigation[i].url);
        items[count] = (LinkView){
            .url = {url},
            .text = call_text(call, navigation[i].text),
            .count = str_equal(url, STR(NOTICES)) ? call->unread : 0,
            .current = str_equal(url, str_from_c(current)),
        };
        count++;
    }
    /* A menu of one address is none: the product's name leads there too. */
    return count > 1 ? (Links){.items = items, .count = count} : (Links){0};
}

static Str role_name(const Call *call)
{
    Buf key = buf_new(call->arena, 64);
    Str text = STR_NONE;

    buf_add(&key, STR("role."));
    buf_add(&key, str_from_c(role_code(call->actor.role)));
    return is_ok(buf_done(&key, &text)) ? msg_by_key(call->language, text) : STR_NONE;
}

/* The header names who is signed in; a page that cannot find out is shown without it. */
static Str user_name(Call *call)
{
    if (call->user_name.length == 0 &&
        !is_ok(person_name(call->service, &call->actor, call->actor.person, call->arena, &call->user_name)))
        call->user_name = STR_NONE;
    return call->user_name;
}

LayoutView call_layout(Call *call, Str title, const char *current)
{
    bool in_role = call->signed_in && call->actor.role != ROLE_NONE;
    bool family = in_role && role_is_family(call->actor.role);
    LayoutView layout = {
        .title = title,
        .municipality = call->municipality,
        .size = !in_role || family ? PAGE_FAMILY : PAGE_STAFF,
        .signed_in = call->signed_in,
        .user_name = in_role ? user_name(call) : STR_NONE,
        .home = call->signed_in ? URL("/mine") : URL("/"),
        .may_switch_role = in_role && !family,
        .navigation = in_role ? links_of(call, current) : (Links){0},
        .demo = call->service->mode != MODE_PRODUCTION,
    };

    if (day_may_pass(call->service) && call->number.length > 0 &&
        !is_ok(url_format(call->arena, &layout.day, "/k/%.*s/dag", STR_ARGS(call->number))))
        layout.day = (Url){0};
    if (in_role) {
        layout.role_name = role_name(call);
        layout.idle_s = (family ? SESSION_IDLE_FAMILY_MS : SESSION_IDLE_STAFF_MS) / 1000;
    }
    /* A page without a token can still be read; its forms will be refused. */
    if (call->signed_in && !is_ok(form_token_new(call->service, call->form_secret, call->arena, &layout.form_token)))
        layout.form_token = STR_NONE;
    done_bring(call);
    layout.done = call->done.text;
    language_choice(call, &layout);
    return layout;
}

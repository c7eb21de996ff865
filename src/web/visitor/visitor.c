/* People who are not signed in, and signing in and out: front, sign-in, demo, roles, texts about the service.
 * Must not tell whether a user name exists.
 * Called through the table of routes. */
#include "web/visitor/visitor.h"

#include "gateway/gateway.h"
#include "pages/pages.h"
#include "service/jobs/day.h"
#include "service/municipality.h"
#include "service/session/demo.h"
#include "service/session/roles.h"
#include "service/session/sign_in.h"
#include "web/call/answer.h"
#include "web/call/cookie.h"
#include "web/call/layout.h"
#include "web/form/inputs.h"

/* How long what a day brought is news. */
#define DAY_TOLD_MS 60000

/* ---- front ---- */

static Err municipality_links(Call *call, Links *ret_links)
{
    Municipalities list = {0};
    LinkView *items = NULL;

    TRY(municipality_list(call->service, call->arena, &list));
    TRY(ARENA_NEW(call->arena, LinkView, list.count, &items));
    for (uint32_t i = 0; i < list.count; i++) {
        items[i].text = list.items[i].name;
        TRY(url_format(call->arena, &items[i].url, "/k/%.*s", STR_ARGS(list.items[i].number)));
    }
    *ret_links = (Links){.items = items, .count = list.count};
    return ok();
}

Err visitor_front(Call *call)
{
    PageMunicipalities view = {.layout = call_layout(call, call_text(call, MSG_WEB_SIGN_IN_TITLE), "")};
    Html html = call_html(call);

    if (call->signed_in)
        return call_redirect(call, call->actor.role == ROLE_NONE ? STR("/rolle") : STR("/mine"));
    TRY(municipality_links(call, &view.municipalities));
    page_municipalities(&html, &view);
    return call_page(call, 200, &html);
}

/* ---- sign-in ---- */

/* The second administrator is in the demo whose logs come to their ends (cli/demo/lives.c), and in no other. */
static bool has_endings(const DemoChoice *choices, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (choices[i].role == ROLE_MUNICIPALITY_ADMIN && str_equal(choices[i].name, STR("Jevn Dal")))
            return true;
    return false;
}

static Err demo_people(Call *call, PageSignIn *view)
{
    const DemoChoice *choices = NULL;
    DemoPerson *people = NULL;
    uint32_t count = 0;

    if (call->service->mode == MODE_PRODUCTION)
        return ok();
    TRY(session_demo_people(call->service, call->tenant, call->arena, &choices, &count));
    TRY(ARENA_NEW(call->arena, DemoPerson, count, &people));
    for (uint32_t i = 0; i < count; i++) {
        Str key = STR_NONE;
        Buf id = buf_new(call->arena, ID_TEXT);
        buf_add_id(&id, choices[i].person);
        TRY(buf_done(&id, &people[i].value));
        TRY(str_format(call->arena, &key, "role.%s", role_code(choices[i].role)));
        people[i].name = choices[i].name;
        people[i].role = msg_by_key(call->language, key);
    }
    view->endings = has_endings(choices, count);
    view->demo_people = (DemoPeople){.items = people, .count = count};
    view->demo_token = view->form.token;
    return url_format(call->arena, &view->demo_action, "/k/%.*s/demo", STR_ARGS(call->number));
}

/* What the sign-in page says besides its form. */
typedef struct SignInSays {
    int status;
    Str fault;    /* at the form; empty: nothing is wrong */
    Str receipt;
    bool passed;  /* a day has, a moment ago */
} SignInSays;

/* In mode test a visitor may let a day pass, and is told what the last one brought. */
static Err day_view(Call *call, const SignInSays *says, PageSignIn *view)
{
    const DayPassed last = day_passed(call->service);
    int64_t now = 0;

    if (!day_may_pass(call->service))
        return ok();
    TRY(world_now(call->service->world, &now));
    view->day_now = oslo_day(now);
    view->day_passed = says->passed && last.at > 0 && now < last.at + DAY_TOLD_MS;
    view->day_logs = last.looked_at;
    view->day_closed = last.closed;
    view->day_told = last.told;
    view->demo_token = view->form.token;
    return url_format(call->arena, &view->day_action, "/k/%.*s/dag", STR_ARGS(call->number));
}

static Err show_sign_in(Call *call, const SignInSays *says)
{
    PageSignIn view = {.layout = call_layout(call, call_text(call, MSG_WEB_SIGN_IN_TITLE), "")};
    Html html = call_html(call);
    Inputs inputs;
    Url action;

    TRY(inputs_new(call, 3, &inputs));
    inputs_add(&inputs, "user_name", INPUT_USER_NAME, call_text(call, MSG_WEB_USER_NAME));
    inputs_add(&inputs, "password", INPUT_PASSWORD, call_text(call, MSG_WEB_PASSWORD));
    inputs_add(&inputs, "code", INPUT_ONE_TIME_CODE, call_text(call, MSG_WEB_CODE));
    if (says->fault.length > 0)
        inputs_fault(&inputs, "user_name", says->fault);
    TRY(url_format(call->arena, &action, "/k/%.*s", STR_ARGS(call->number)));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_WEB_SIGN_IN), &view.form));
    TRY(url_format(call->arena, &view.enrol, "/k/%.*s/ny", STR_ARGS(call->number)));
    view.other_municipality = URL("/");
    view.layout.has_errors = says->fault.length > 0;
    view.receipt = says->receipt;
    /* Whoever is asked to wait gets a page that costs little. */
    if (says->status != 429) {
        TRY(demo_people(call, &view));
        TRY(day_view(call, says, &view));
    }
    page_sign_in(&html, &view);
    return call_page(call, says->status, &html);
}

Err visitor_sign_in(Call *call)
{
    if (call->signed_in)
        return visitor_front(call);
    return show_sign_in(call, &(SignInSays){.status = 200});
}

/* Where enrolment ends: the account is made, and its owner signs in with it. */
Err visitor_enrolled(Call *call)
{
    if (call->signed_in)
        return visitor_front(call);
    return show_sign_in(call, &(SignInSays){.status = 200, .receipt = call_text(call, MSG_ENROL_DONE)});
}

/* Whoever signs in again leaves no session behind. */
static Err leave_former(Call *call)
{
    return call->signed_in ? session_sign_out(call->service, &call->actor) : ok();
}

/* Signed in: straight into the only role, else to the choice. */
static Err enter(Call *call, const SessionToken *token)
{
    AccountNews news = {0};
    RoleChoices roles = {0};
    SessionToken chosen = *token;
    Str next = STR("/rolle");

    TRY(leave_former(call));
    TRY(session_roles(call->service, call->tenant, token, call->arena, &roles));
    TRY(session_news(call->service, call->tenant, token, call->arena, &news));
    /* With news the choice is shown also where there is one role: it is told there. */
    if (roles.count == 1 && !news.fresh) {
        TRY(session_choose(call->service, call->tenant, token, &roles.items[0], &chosen));
        next = STR("/mine");
    }
    TRY(cookie_set(call, call->tenant, &chosen));
    return call_redirect(call, next);
}

static Err ask_to_wait(Call *call, const SignIn *typed)
{
    SignInSays says = {.status = 429};
    int64_t until = 0;

    TRY(session_sign_in_until(call->service, call->tenant, typed, &until));
    TRY(call_wait_text(call, until, &says.fault));
    return show_sign_in(call, &says);
}

Err visitor_sign_in_send(Call *call)
{
    SessionToken token;
    Str familiar = STR_NONE;
    const SignIn typed = {.user_name = call_field(call, "user_name"),
                          .password = call_field(call, "password"),
                          .code = call_field(call, "code"),
                          .address = call->request->headers[HEADER_X_REAL_IP],
                          .familiar = cookie_familiar(call->request)};
    Err signed_in = session_sign_in(call->service, call->tenant, &typed, &token);

    if (signed_in.id == E_NO_SESSION)
        return show_sign_in(call, &(SignInSays){.status = 422, .fault = call_text(call, MSG_WEB_SIGN_IN_REFUSED)});
    if (signed_in.id == E_BUSY)
        return ask_to_wait(call, &typed);
    TRY(signed_in);
    TRY(enter(call, &token));
    TRY(session_familiar(call->service, call->tenant, &typed, call->arena, &familiar));
    return cookie_familiar_set(call, familiar);
}

Err visitor_demo_send(Call *call)
{
    SessionToken token;
    Id person;

    TRY(id_from_text(call_field(call, "person"), &person));
    TRY(session_sign_in_demo(call->service, call->tenant, person, &token));
    return enter(call, &token);
}

/* ---- a day passes ---- */

Err visitor_day(Call *call)
{
    if (!day_may_pass(call->service))
        return fail(E_NOT_FOUND);
    return show_sign_in(call, &(SignInSays){.status = 200, .passed = true});
}

/* Nobody's session outlives a day: where it ends, people are chosen anew. */
Err visitor_day_send(Call *call)
{
    Url next;

    if (!day_may_pass(call->service))
        return fail(E_NOT_FOUND);
    TRY(day_pass(call->service));
    TRY(url_format(call->arena, &next, "/k/%.*s/dag", STR_ARGS(call->number)));
    return call_redirect(call, next.text);
}

/* ---- roles ---- */

static Err role_views(Call *call, const RoleChoices *choices, RoleViews *ret_views)
{
    RoleView *items = NULL;

    TRY(ARENA_NEW(call->arena, RoleView, choices->count, &items));
    for (uint32_t i = 0; i < choices->count; i++) {
        Str key = STR_NONE;
        TRY(str_format(call->arena, &key, "role.%s", role_code(choices->items[i].role)));
        TRY(str_format(call->arena, &items[i].value, "%u", i));
        items[i].name = msg_by_key(call->language, key);
        items[i].unit = choices->items[i].unit_name;
    }
    *ret_views = (RoleViews){.items = items, .count = choices->count};
    return ok();
}

Err visitor_roles(Call *call)
{
    PageRoles view = {.layout = call_layout(call, call_text(call, MSG_ROLES_HEADING), ""), .action = URL("/rolle")};
    Html html = call_html(call);
    RoleChoices choices = {0};
    AccountNews news = {0};

    TRY(session_roles(call->service, call->tenant, &call->token, call->arena, &choices));
    TRY(role_views(call, &choices, &view.roles));
    TRY(session_news(call->service, call->tenant, &call->token, call->arena, &news));
    view.anew = news.anew_at != 0;
    view.anew_at = (Moment){news.anew_at};
    view.tried = news.tried_at != 0;
    view.tried_at = (Moment){news.tried_at};
    view.token = view.layout.form_token;
    page_roles(&html, &view);
    return call_page(call, 200, &html);
}

Err visitor_roles_send(Call *call)
{
    RoleChoices choices = {0};
    SessionToken chosen;
    int64_t number;

    TRY(session_roles(call->service, call->tenant, &call->token, call->arena, &choices));
    if (choices.count == 0)
        return fail(E_NO_SESSION);
    if (!is_ok(num_parse(call_field(call, "role"), 0, choices.count - 1, &number)))
        return fail(E_MALFORMED);
    TRY(session_choose(call->service, call->tenant, &call->token, &choices.items[number], &chosen));
    TRY(cookie_set(call, call->tenant, &chosen));
    return call_redirect(call, STR("/mine"));
}

/* ---- leaving ---- */

Err visitor_sign_out_send(Call *call)
{
    TRY(session_sign_out(call->service, &call->actor));
    cookie_clear(call);
    response_header(call->response, "Clear-Site-Data", STR("\"cache\""));
    return call_redirect(call, STR("/logget-ut"));
}

Err visitor_signed_out(Call *call)
{
    Str paragraph = call_text(call, MSG_WEB_SIGNED_OUT_TEXT);
    Html html = call_html(call);
    PageMessage view = {
        .layout = call_layout(call, call_text(call, MSG_WEB_SIGNED_OUT_HEADING), ""),
        .heading = call_text(call, MSG_WEB_SIGNED_OUT_HEADING),
        .paragraphs = {.items = &paragraph, .count = 1},
        .next = {.url = URL("/"), .text = call_text(call, MSG_WEB_SIGN_IN_AGAIN)},
    };

    page_message(&html, &view);
    return call_page(call, 200, &html);
}

/* The session was touched on the way here; there is nothing more to do. */
Err visitor_keep_send(Call *call)
{
    call->response->status = 204;
    return ok();
}

/* ---- texts ---- */

Err visitor_licences(Call *call)
{
    PageLicences view = {.layout = call_layout(call, call_text(call, MSG_LAYOUT_LICENCES), ""), .licences = pages_licences()};
    Html html = call_html(call);

    page_licences(&html, &view);
    return call_page(call, 200, &html);
}

Err visitor_accessibility(Call *call)
{
    PageText view = {.layout = call_layout(call, call_text(call, MSG_LAYOUT_ACCESSIBILITY), "")};
    Html html = call_html(call);

    page_accessibility(&html, &view);
    return call_page(call, 200, &html);
}

Err visitor_privacy(Call *call)
{
    PageText view = {.layout = call_layout(call, call_text(call, MSG_LAYOUT_PRIVACY), "")};
    Html html = call_html(call);

    page_privacy(&html, &view);
    return call_page(call, 200, &html);
}

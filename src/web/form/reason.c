/* The reason that administrators give before they open a log, once for all that leads on from there.
 * Must not tell anything about the log: nothing is opened yet.
 * Called by web.c and through the table of routes. */
#include "web/form/reason.h"

#include <string.h>

#include "domain/policy/policy.h"
#include "pages/templates.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "service/session/memory.h"
#include "service/session/reasons.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/inputs.h"
#include "web/form/posted.h"

Err reason_options(Call *call, Options *ret_options)
{
    uint32_t allowed = policy_openings(call->actor.role);
    Str chosen = call_field(call, REASON_FIELD);
    OptionView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, OptionView, OPENING_LIMIT, &items));
    for (unsigned opening = OPENING_NONE + 1; opening < OPENING_LIMIT; opening++) {
        if (!(allowed >> opening & 1))
            continue;
        OptionView *item = &items[count++];
        item->value = str_from_c(opening_code((Opening)opening));
        item->chosen = str_equal(item->value, chosen);
        TRY(word_of(call, "opening", opening_code((Opening)opening), &item->label));
    }
    *ret_options = (Options){.items = items, .count = count};
    return ok();
}

Opening reason_given(const Call *call, Str code)
{
    Opening opening = OPENING_NONE;

    if (!is_ok(opening_from_str(code, &opening)) || !(policy_openings(call->actor.role) >> opening & 1))
        return OPENING_NONE;
    return opening;
}

/* ---- on the way in ---- */

static bool looks_into_log(const Call *call)
{
    Str path = call->request->path;

    return call->signed_in && policy_openings(call->actor.role) != 0 &&
           (str_starts(path, STR("/logg/")) || str_starts(path, STR("/api/v1/logs/")));
}

static Opening said_now(const Call *call)
{
    if (call->route->api)
        return reason_given(call, call_query(call, "reason"));
    Opening typed = reason_given(call, call_field(call, REASON_FIELD));
    return typed != OPENING_NONE ? typed : reason_given(call, call_query(call, REASON_FIELD));
}

void log_reason_take(Call *call)
{
    Actor *actor = &call->actor;

    if (!looks_into_log(call))
        return;
    actor->looks_into = call->ids[0];
    actor->reason = said_now(call);
    call->reason_said = actor->reason != OPENING_NONE;
    if (!call->reason_said)
        actor->reason = reasons_of(sessions_reasons(call->service->sessions), actor->grant, actor->looks_into, actor->now);
}

Opening log_reason_said(const Call *call)
{
    return call->reason_said ? call->actor.reason : OPENING_NONE;
}

void log_reason_keep(const Call *call)
{
    const Actor *actor = &call->actor;

    if (call->reason_said)
        reasons_put(sessions_reasons(call->service->sessions), actor->grant, actor->looks_into, actor->reason, actor->now);
}

/* ---- the page that asks for it ---- */

/* Behind the log's own address; empty for any text that is none. */
static Str rest_of_address(Str path)
{
    for (size_t i = 0; i < path.length; i++)
        if (!(path.data[i] >= 'a' && path.data[i] <= 'z') && !(path.data[i] >= '0' && path.data[i] <= '9') &&
            path.data[i] != '/' && path.data[i] != '_')
            return STR_NONE;
    return path.length > 0 && path.data[0] == '/' ? path : STR_NONE;
}

/* Where a page was asked for, it comes next; what was typed in a form comes along, to the same address. */
static Err add_what_was_asked(Call *call, Inputs *inputs, Url *ret_action)
{
    size_t log = strlen("/logg/") + ID_TEXT;
    Str path = call->request->path;
    FormView form = {0};

    if (call->request->method != METHOD_POST) {
        FieldView *next = inputs_add(inputs, REASON_NEXT, INPUT_HIDDEN, STR_NONE);
        next->value = rest_of_address(path.length > log ? str_slice(path, log, path.length) : STR_NONE);
        return log_url(call, call->ids[0], "/grunn", ret_action);
    }
    TRY(posted_again(call, &form));
    for (size_t i = 0; i < form.fields.count; i++)
        *inputs_add(inputs, "", INPUT_HIDDEN, STR_NONE) = form.fields.items[i];
    *ret_action = (Url){path};
    return ok();
}

static Err show(Call *call, int status, bool missing, Str next)
{
    PageReason page = {.layout = call_layout(call, call_text(call, MSG_REASON_TITLE), "")};
    Html html = call_html(call);
    Inputs inputs;
    Url action;

    TRY(inputs_new(call, call->form.count + 2, &inputs));
    FieldView *field = inputs_add(&inputs, REASON_FIELD, INPUT_RADIO, call_text(call, MSG_REASON_FIELD));
    TRY(reason_options(call, &field->options));
    if (missing)
        inputs_fault(&inputs, REASON_FIELD, call_text(call, MSG_REASON_MISSING));
    if (call->route->handle == log_reason_send) {
        inputs_add(&inputs, REASON_NEXT, INPUT_HIDDEN, STR_NONE)->value = next;
        TRY(log_url(call, call->ids[0], "/grunn", &action));
    } else {
        TRY(add_what_was_asked(call, &inputs, &action));
    }
    TRY(inputs_form(&inputs, action, call_text(call, MSG_REASON_OPEN), &page.form));
    page.layout.has_errors = missing;
    page_reason(&html, &page);
    return call_page(call, status, &html);
}

Err log_reason_page(Call *call)
{
    bool typed = call->request->method == METHOD_POST;

    return show(call, typed ? 422 : 200, typed, STR_NONE);
}

/* POST /logg/{id}/grunn: nothing is opened yet, so it tells nothing about the log. */
Err log_reason_send(Call *call)
{
    Str next = rest_of_address(call_field(call, REASON_NEXT)), location = STR_NONE;
    char id[ID_TEXT + 1];

    if (policy_openings(call->actor.role) == 0)
        return fail(E_FORBIDDEN);
    if (reason_given(call, call_field(call, REASON_FIELD)) == OPENING_NONE)
        return show(call, 422, true, next);
    id_to_text(call->ids[0], id);
    TRY(str_format(call->arena, &location, "/logg/%s%.*s?" REASON_FIELD "=%s", id, STR_ARGS(next), opening_code(call->actor.reason)));
    return call_redirect(call, location);
}

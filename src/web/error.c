/* The page of an error, and what was typed given back where that helps.
 * Must not say more than the status does: forbidden and absent are the same page, byte for byte but for the request's id.
 * Called by web.c. */
#include "web/error.h"

#include "pages/templates.h"
#include "service/log/refused.h"
#include "web/api/answer.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/cookie.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/posted.h"

/* What people read for an error; a status that has no row of its own reads as "something went wrong". */
typedef struct ErrorText {
    int status;
    enum msg heading;
    enum msg text;
} ErrorText;

static const ErrorText error_texts[] = {
    {.status = 404, .heading = MSG_WEB_NOT_FOUND_HEADING, .text = MSG_WEB_NOT_FOUND_TEXT},
    {.status = 403, .heading = MSG_WEB_SESSION_HEADING, .text = MSG_WEB_SESSION_TEXT},
    {.status = 400, .heading = MSG_WEB_BAD_REQUEST_HEADING, .text = MSG_WEB_BAD_REQUEST_TEXT},
    {.status = 409, .heading = MSG_STALE_HEADING, .text = MSG_WEB_STALE_TEXT},
    {.status = 422, .heading = MSG_WEB_BAD_REQUEST_HEADING, .text = MSG_WEB_BAD_REQUEST_TEXT},
    {.status = 413, .heading = MSG_WEB_TOO_LARGE_HEADING, .text = MSG_WEB_TOO_LARGE_TEXT},
    {.status = 429, .heading = MSG_WEB_BUDGET_HEADING, .text = MSG_WEB_BUDGET_TEXT},
    {.status = 503, .heading = MSG_WEB_CLOSED_HEADING, .text = MSG_WEB_CLOSED_TEXT},
};
static const ErrorText log_held = {.status = 503, .heading = MSG_WEB_HELD_HEADING, .text = MSG_WEB_HELD_TEXT};
static const ErrorText reused = {.status = 409, .heading = MSG_WEB_REFUSED_HEADING, .text = MSG_WEB_REUSED_TEXT};
static const ErrorText busy = {.status = 503, .heading = MSG_WEB_BUSY_HEADING, .text = MSG_WEB_BUSY_HERE};
static const ErrorText log_shut = {.status = 404, .heading = MSG_WEB_SHUT_HEADING, .text = MSG_WEB_SHUT_FAMILY};
static const ErrorText draft_kept = {.status = 403, .heading = MSG_WEB_SESSION_HEADING, .text = MSG_WEB_SESSION_DRAFT};
static const ErrorText other_error = {.status = 500, .heading = MSG_WEB_ERROR_HEADING, .text = MSG_WEB_ERROR_TEXT};

static bool is_of_log(const Call *call)
{
    Str path = call->request->path;

    return str_starts(path, STR("/logg/")) || str_starts(path, STR(API_PREFIX "v1/logs/"));
}

/* A row of one log is not what was written: that log is closed, and the rest of the service is as it was. */
static Err as_told(const Call *call, Err error)
{
    /* Whoever is not signed in has opened no log: it is the service that has to wait for the agent. */
    if (error.id == E_BUDGET && !call->signed_in)
        return fail(E_BUSY);
    return error.id == E_FORGED && is_of_log(call) ? fail(E_HELD) : error;
}

/* Why a change of a log was refused, in words, when the asker reads that log now: to them it is no absent page
 * (rules: web 5). Whoever does not is told nothing, at the same cost as for a log that is not there. */
static Err refusal_of(Call *call, Err error, Str *ret_words)
{
    Act act = call->route ? route_act(call->route, call->word) : ACT_NONE;
    bool changes = call->request->method != METHOD_GET && call->request->method != METHOD_HEAD;
    enum msg text = MSG_WEB_GONE_TEXT;
    Why why = WHY_UNDECIDED;

    if (err_http(error.id) != 404 || !changes || act == ACT_NONE || call->actor.role == ROLE_NONE || !is_of_log(call))
        return error;
    const LogReader reader = {call->service, &call->actor, call->arena};
    if (!is_ok(log_why_refused(&reader, &(Refused){call->ids[0], call->ids[1], act}, &why)))
        return error;
    /* Allowed, and yet not there: somebody has removed the entry. To a program that is what 404 says. */
    if (why == WHY_ALLOWED && (call_is_api(call) || id_is_none(call->ids[1])))
        return error;
    if (why != WHY_ALLOWED && !msg_find(str_from_c(why_key(why)), &text))
        return error;
    *ret_words = call_text(call, text);
    return fail(E_REFUSED);
}

/* Whoever knows of a log and has no access to it is told so, and whom to ask, until the log is deleted; to everybody else it is
 * the page that does not exist (rules: access 6, 10). */
static Err shut_of(Call *call, Err error, Str *ret_words)
{
    Shut shut = {0};

    if (error.id != E_FORBIDDEN || call->actor.role == ROLE_NONE || !is_of_log(call))
        return error;
    const LogReader reader = {call->service, &call->actor, call->arena};
    if (!is_ok(log_is_shut(&reader, call->ids[0], &shut)) || !shut.told)
        return error;
    *ret_words = call_text(call, MSG_WEB_SHUT_FAMILY);
    if (shut.unit_name.length > 0)
        TRY(message_with(call, MSG_WEB_SHUT_STAFF, "unit", shut.unit_name, ret_words));
    return fail(E_SHUT);
}

/* What the page says: heading, text, and where its link leads. */
typedef struct ErrorWords {
    Str heading;
    Str text;
    Str advice;    /* about what was typed */
    LinkView next;
} ErrorWords;

static ErrorText text_of(Err error, int status)
{
    if (error.id == E_HELD)
        return log_held;
    if (error.id == E_BUSY)
        return busy;
    if (error.id == E_REUSED)
        return reused;
    if (error.id == E_SHUT)
        return log_shut;
    for (size_t i = 0; i < COUNT_OF(error_texts); i++)
        if (error_texts[i].status == status)
            return error_texts[i];
    return other_error;
}

static ErrorWords words_of(const Call *call, ErrorText text)
{
    return (ErrorWords){.heading = call_text(call, text.heading), .text = call_text(call, text.text),
                        .advice = call_text(call, MSG_SEALED_KEEP),
                        .next = {.url = URL("/"), .text = call_text(call, MSG_WEB_TO_START)}};
}

static Err words_of_refusal(const Call *call, Str reason, ErrorWords *ret_words)
{
    *ret_words = (ErrorWords){.heading = call_text(call, MSG_WEB_REFUSED_HEADING), .text = reason,
                              .advice = call_text(call, MSG_WEB_REFUSED_KEEP)};
    ret_words->next.text = call_text(call, MSG_LOG_BACK);
    return log_url(call, call->ids[0], "", &ret_words->next.url);
}

/* Errors after which what was typed is given back: the service was away, the session was, there is no room, the log was shut
 * meanwhile, or another content went by the same form before. */
static bool gives_back(Err error, int status)
{
    return error.id == E_SHUT || error.id == E_REUSED || status == 503 || status == 403 || status == 429 || status == 413;
}

static Err show_again(Call *call, int status, const ErrorWords *words, const FormView *form)
{
    Html html = call_html(call);
    PageSealed view = {
        .layout = call_layout(call, words->heading, ""),
        .heading = words->heading,
        .paragraphs = {.items = &words->text, .count = 1},
        .form = *form,
        .advice = words->advice,
    };

    page_sealed(&html, &view);
    return call_page(call, status, &html);
}

static Err show_error(Call *call, int status, const ErrorWords *words)
{
    Html html = call_html(call);
    PageMessage view = {
        .layout = call_layout(call, words->heading, ""),
        .heading = words->heading,
        .paragraphs = {.items = &words->text, .count = 1},
        .next = words->next,
    };

    /* It would name the address, and so tell one refusal from another. */
    view.layout.languages = (Links){0};
    page_message(&html, &view);
    return call_page(call, status, &html);
}

/* Seconds after which it is worth asking again; none where only people can mend it. */
static void add_retry(Call *call, Err error, int status)
{
    if (status == 429)
        response_header(call->response, "Retry-After", STR("60"));
    else if (status == 503 && error.id != E_HELD)
        response_header(call->response, "Retry-After", STR("30"));
}

/* A held log shows nothing, and a consent is withdrawn from it all the same (rules: consent 12). */
static Err words_of_held(const Call *call, ErrorWords *words)
{
    if (call->actor.role != ROLE_GUARDIAN || !is_of_log(call))
        return ok();
    words->next.text = call_text(call, MSG_ACT_CONSENT_WITHDRAW_HEADING);
    return act_url(call, call->ids[0], (Id){0}, act_code(ACT_CONSENT_WITHDRAW), &words->next.url);
}

/* reason: of a refusal that may be told; else empty. */
static Err show(Call *call, Err error, Str reason)
{
    int status = err_http(error.id);
    ErrorWords words = words_of(call, call->draft_kept ? draft_kept : text_of(error, status));
    FormView form = {0};

    if (error.id == E_HELD)
        TRY(words_of_held(call, &words));
    if (error.id == E_REFUSED)
        TRY(words_of_refusal(call, reason, &words));
    if (error.id == E_SHUT) {
        words.text = reason;
        words.advice = call_text(call, MSG_WEB_REFUSED_KEEP);
    }
    if (error.id == E_REUSED)
        words.advice = call_text(call, MSG_WEB_REUSED_KEEP);
    if (gives_back(error, status) && !call->draft_kept)
        TRY(posted_again(call, &form));
    /* Where nothing was typed nothing is kept, but whoever pressed a button that another has used up presses it again. */
    if (form.token.length == 0 || (form.fields.count == 0 && error.id != E_REUSED))
        return show_error(call, status, &words);
    form.cancel = error.id == E_REFUSED ? words.next.url : form.cancel;
    return show_again(call, status, &words, &form);
}

Err call_error(Call *call, Err happened)
{
    Str reason = STR_NONE;
    Err error = shut_of(call, refusal_of(call, as_told(call, happened), &reason), &reason);

    /* The key agent was started again: the session is of no use any more, and everybody signs in anew. */
    if (error.id == E_NO_GRANT)
        cookie_clear(call);
    add_retry(call, error, err_http(error.id));
    return call_is_api(call) ? api_error(call, error, reason) : show(call, error, reason);
}

/* The page of an error, and what was typed given back where that helps.
 * Must not say more than the status does: forbidden and absent are the same page, byte for byte but for the request's id.
 * Called by web.c. */
#include "web/error.h"

#include "pages/templates.h"
#include "web/api/answer.h"
#include "web/call/answer.h"
#include "web/call/cookie.h"
#include "web/call/layout.h"
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
static const ErrorText draft_kept = {.status = 403, .heading = MSG_WEB_SESSION_HEADING, .text = MSG_WEB_SESSION_DRAFT};
static const ErrorText other_error = {.status = 500, .heading = MSG_WEB_ERROR_HEADING, .text = MSG_WEB_ERROR_TEXT};

/* A row of one log is not what was written: that log is closed, and the rest of the service is as it was. */
static Err as_told(const Call *call, Err error)
{
    Str path = call->request->path;
    bool of_log = str_starts(path, STR("/logg/")) || str_starts(path, STR(API_PREFIX "v1/logs/"));

    return error.id == E_FORGED && of_log ? fail(E_HELD) : error;
}

static ErrorText text_of(Err error, int status)
{
    if (error.id == E_HELD)
        return log_held;
    for (size_t i = 0; i < COUNT_OF(error_texts); i++)
        if (error_texts[i].status == status)
            return error_texts[i];
    return other_error;
}

/* Errors after which what was typed is given back: the service was away, or the session was, or there is no room. */
static bool gives_back(int status)
{
    return status == 503 || status == 403 || status == 429 || status == 413;
}

static Err show_again(Call *call, int status, ErrorText text, const FormView *form)
{
    Str paragraph = call_text(call, text.text);
    Html html = call_html(call);
    PageSealed view = {
        .layout = call_layout(call, call_text(call, text.heading), ""),
        .heading = call_text(call, text.heading),
        .paragraphs = {.items = &paragraph, .count = 1},
        .form = *form,
    };

    page_sealed(&html, &view);
    return call_page(call, status, &html);
}

static Err show_error(Call *call, int status, ErrorText text)
{
    Str paragraph = call_text(call, text.text);
    Html html = call_html(call);
    PageMessage view = {
        .layout = call_layout(call, call_text(call, text.heading), ""),
        .heading = call_text(call, text.heading),
        .paragraphs = {.items = &paragraph, .count = 1},
        .next = {.url = URL("/"), .text = call_text(call, MSG_WEB_TO_START)},
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

Err call_error(Call *call, Err happened)
{
    Err error = as_told(call, happened);
    int status = err_http(error.id);
    FormView form = {0};

    /* The key agent was started again: the session is of no use any more, and everybody signs in anew. */
    if (error.id == E_NO_GRANT)
        cookie_clear(call);
    add_retry(call, error, status);
    if (call_is_api(call))
        return api_error(call, error);
    if (call->draft_kept)
        return show_error(call, status, draft_kept);
    if (gives_back(status))
        TRY(posted_again(call, &form));
    if (form.fields.count > 0)
        return show_again(call, status, text_of(error, status), &form);
    return show_error(call, status, text_of(error, status));
}

/* Answers: a page, a file, a redirect; and what was asked.
 * Must not decide anything.
 * Called by web.c and the handlers. */
#include "web/call/answer.h"

#include <inttypes.h>

#include "domain/input/media.h"
#include "gateway/form.h"
#include "pages/pages.h"
#include "service/session/enrol.h"

#define PAGE_USUAL ((size_t)48 << 10) /* the page of a log of some 60 entries */

Str call_text(const Call *call, enum msg id)
{
    return msg(call->language, id);
}

#define MINUTE_MS ((int64_t)60 * 1000)

Err call_wait_text(Call *call, int64_t until, Str *ret_text)
{
    Buf clock = buf_new(call->arena, 16);
    Buf text = buf_new(call->arena, 256);
    MsgArgument argument = {.name = STR("time"), .type = ARGUMENT_TEXT};
    Str seconds = STR_NONE;
    int64_t now = 0;

    TRY(world_now(call->service->world, &now));
    text_clock(&clock, call->language, (Moment){(until + MINUTE_MS - 1) / MINUTE_MS * MINUTE_MS});
    TRY(buf_done(&clock, &argument.text));
    TRY(str_format(call->arena, &seconds, "%" PRId64, until > now ? (until - now + 999) / 1000 : 1));
    response_header(call->response, "Retry-After", seconds);
    msg_write(&text, call->language, MSG_WEB_SIGN_IN_WAIT, &argument, 1);
    return buf_done(&text, ret_text);
}

Err call_enrolment_wait(Call *call, Str *ret_text)
{
    int64_t until = 0;

    TRY(session_enrolment_until(call->service, call->request->headers[HEADER_X_REAL_IP], &until));
    return call_wait_text(call, until, ret_text);
}

Html call_html(const Call *call)
{
    Html html = page_new(call->arena, call->language);

    buf_reserve(&html.bytes, PAGE_USUAL);
    return html;
}

Err call_page(Call *call, int status, const Html *html)
{
    TRY(html_done(html, &call->response->body));
    call->response->status = status;
    call->response->content_type = STR("text/html; charset=utf-8");
    return ok();
}

Err call_bytes(Call *call, Str media_type, Str bytes)
{
    call->response->status = 200;
    call->response->content_type = media_type;
    call->response->body = bytes;
    return ok();
}

Err call_redirect(Call *call, Str location)
{
    call->response->status = 303;
    call->response->content_type = STR("text/plain; charset=utf-8");
    call->response->body = STR("");
    response_header(call->response, "Location", location);
    call->location = location;
    return ok();
}

void call_leads_to(Call *call, Str location)
{
    call->actor.answer = (FormAnswer){.location = location, .status = 303};
}

Err call_lead_on(Call *call)
{
    return call_redirect(call, call->actor.answer.location);
}

Str call_field(const Call *call, const char *name)
{
    return form_value(&call->form, str_from_c(name));
}

Str call_query(const Call *call, const char *name)
{
    return form_value(&call->query, str_from_c(name));
}

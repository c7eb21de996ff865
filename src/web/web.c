/* The way of a request through web: route, session, form, handler, answer.
 * Must not let a handler see a field that the route's table does not name.
 * Called by gateway. Steps as in ARCHITECTURE.md, "A request". */
#include "web/web.h"

#include <string.h>

#include "gateway/form.h"
#include "gateway/http.h"
#include "html/html.h"
#include "service/municipality.h"
#include "service/session/form_token.h"
#include "service/session/memory.h"
#include "service/session/told.h"
#include "sys/clock.h"
#include "web/api/answer.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/cookie.h"
#include "web/call/language.h"
#include "web/call/line.h"
#include "web/error.h"
#include "web/form/posted.h"
#include "web/form/prove.h"
#include "web/form/reason.h"
#include "web/log/draft.h"

Err web_new(const WebOptions *options, Web **ret_web)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Web *web = NULL;

    TRY(arena_new(1 << 16, &arena));
    TRY(ARENA_NEW(arena, Web, 1, &web));
    web->service = options->service;
    TRY(str_copy(arena, options->origin, &web->origin));
    TRY(world_random(web->service->world, web->visitor_secret, sizeof web->visitor_secret));
    web->arena = TAKE(arena);
    *ret_web = web;
    return ok();
}

void web_free(Web *web)
{
    if (web)
        arena_free(web->arena);
}

void web_freep(Web **web)
{
    web_free(*web);
    *web = NULL;
}

/* ---- who asks ---- */

static Err know_municipality(Call *call, Err found, const Municipality *municipality)
{
    TRY(found);
    call->tenant = municipality->tenant;
    call->municipality = municipality->name;
    call->number = municipality->number;
    return ok();
}

/* A visitor's address names the municipality: /k/0301. It wins over that of a session that is still open. */
static Err visitor_municipality(Call *call)
{
    Municipality municipality = {0};

    if (!str_starts(call->request->path, STR("/k/")))
        return ok();
    return know_municipality(
        call, municipality_by_number(call->service, str_slice(call->request->path, 3, 7), call->arena, &municipality),
        &municipality);
}

/* A cookie that is missing, cut or of a session that ended makes a visitor, not an error. */
static Err resume_session(Call *call)
{
    Municipality municipality = {0};
    Id tenant = {0};
    SessionToken token = {0};

    if (!cookie_read(call->request, call->arena, &tenant, &token))
        return ok();
    Err resumed = session_resume(call->service, tenant, &token, &call->actor);
    if (resumed.id == E_NO_SESSION || resumed.id == E_NOT_FOUND)
        return ok();
    TRY(resumed);
    TRY(know_municipality(call, municipality_by_id(call->service, tenant, call->arena, &municipality), &municipality));
    call->token = token;
    call->signed_in = true;
    memcpy(call->form_secret, call->actor.form_secret, sizeof call->form_secret);
    return ok();
}

static Err require_access(Call *call)
{
    switch (call->route->access) {
    case ACCESS_PUBLIC:
        return ok();
    case ACCESS_SESSION:
        return call->signed_in ? ok() : fail(E_NO_SESSION);
    case ACCESS_ROLE:
        return call->signed_in && call->actor.role != ROLE_NONE ? ok() : fail(E_NO_SESSION);
    case ACCESS_NONE:
        break;
    }
    return fail(E_NOT_FOUND);
}

/* ---- the way ---- */

/* Where a form led, for its repetition (rules: reading-and-writing 11), unless the act has stored it already. A form that
 * changed nothing has no key, and needs none. */
static Err remember_answer(const Call *call)
{
    bool stored = str_equal(call->actor.answer.location, call->location) && call->actor.answer.status == call->response->status;

    if (call->location.length == 0 || stored || !call->actor.has_form)
        return ok();
    Err remembered = form_answered(&call->actor, call->location, (uint16_t)call->response->status);
    return remembered.id == E_NOT_FOUND ? ok() : remembered;
}

static Err handle_call(Call *call)
{
    TRY(route_find(call->request->method, call->request->path, &call->route, call->ids, &call->word));
    memcpy(call->form_secret, call->web->visitor_secret, sizeof call->form_secret);
    TRY(resume_session(call));
    TRY(visitor_municipality(call));
    TRY(require_access(call));
    TRY(query_parse(call->request->query, call->arena, &call->query));
    if (call->request->method != METHOD_GET && call->request->method != METHOD_HEAD)
        TRY(posted_read(call));
    TRY(prove_posted(call));
    log_reason_take(call);
    TRY(call->route->handle(call));
    log_reason_keep(call);
    return remember_answer(call);
}

/* A form that was carried out before leads where it led the first time: where its handler said, else to its log. What was not
 * carried out is not said to be. */
static Err answer_repetition(Call *call)
{
    FormAnswer first = {0};
    Url log = URL("/mine");
    Err found = form_first_answer(&call->actor, call->arena, &first);

    if (found.id == E_REUSED)
        return found;
    if (is_ok(found) && first.location.length > 0)
        return call_redirect(call, first.location);
    if (str_starts(call->request->path, STR("/logg/")))
        TRY(log_url(call, call->ids[0], "", &log));
    return call_redirect(call, log.text);
}

/* A ceiling that was reached stands in the municipality's audit too; whoever presses again and again is one alarm. */
static void note_ceiling(const Call *call, Err result)
{
    uint32_t untold = 0;

    if (result.id != E_BUDGET || !call->signed_in ||
        !told_due(sessions_told(call->service->sessions), call->actor.person, call->actor.now, &untold))
        return;
    Err noted = service_budget_reached(&call->actor, untold);
    if (!is_ok(noted))
        LOG(LOG_LEVEL_ERROR, "alarm-not-noted", log_id("request", call->actor.request), log_error("result", noted));
}

/* Makes the answer of a request that failed. Returns what went wrong with it; E_OK when it was carried out in another way. */
static Err answer_failure(Call *call, Err failed)
{
    Err result = failed;

    if (result.id == E_REPLAYED && call->actor.has_form)
        result = call_is_api(call) ? api_repetition(call) : answer_repetition(call);
    if (result.id == E_PROVE && !call_is_api(call))
        result = prove_page(call);
    if (result.id == E_REASON && !call_is_api(call))
        result = log_reason_page(call);
    if (result.id == E_NO_SESSION)
        call->draft_kept = draft_after_idle(call);
    if (is_ok(result))
        return result;
    note_ceiling(call, result);
    Err shown = call_error(call, result);
    if (!is_ok(shown)) {
        LOG(LOG_LEVEL_ERROR, "page-not-made", log_id("request", call->actor.request), log_error("result", shown));
        response_fail(call->response, err_http(shown.id));
    }
    return result;
}

static void handle(void *self, const Request *request, Response *response)
{
    int64_t begun = clock_monotonic_ms();
    Web *web = self;
    Call call = {
        .web = web,
        .service = web->service,
        .request = request,
        .response = response,
        .arena = request->arena,
        .language = language_of(request),
    };
    Err result = handle_call(&call);

    if (!is_ok(result))
        result = answer_failure(&call, result);
    if (!response_is_sound(response)) {
        result = fail(E_INTERNAL);
        response_fail(response, err_http(result.id));
    }
    line_write(&call, result, clock_monotonic_ms() - begun);
}

static void refused(void *self, int status)
{
    (void)self;
    line_refused(status);
}

static size_t body_limit(void *self, enum method method, Str path)
{
    (void)self;
    return route_body_limit(method, path);
}

static size_t file_limit(void *self, enum method method, Str path)
{
    (void)self;
    return route_file_limit(method, path);
}

GatewayHandler web_handler(Web *web)
{
    return (GatewayHandler){
        .self = web, .handle = handle, .body_limit = body_limit, .file_limit = file_limit, .refused = refused};
}

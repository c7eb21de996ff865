/* The answers of the API.
 * Must not write a document itself: api does.
 * Called by handlers.c, web/error.c and web/web.c. */
#include "web/api/answer.h"

#include "api/write.h"
#include "service/session/form_token.h"
#include "web/call/answer.h"

bool call_is_api(const Call *call)
{
    return str_starts(call->request->path, STR(API_PREFIX));
}

static Err answer(Call *call, int status, Str type, Str body)
{
    call->response->status = status;
    call->response->content_type = type;
    call->response->body = body;
    return ok();
}

Err api_answer(Call *call, Str body)
{
    return answer(call, 200, STR("application/json"), body);
}

static Err tell_written(Call *call, int status, Id entry, Str location)
{
    Str body = STR_NONE;

    TRY(write_written(entry, call->arena, &body));
    response_header(call->response, "Location", location);
    call->location = location;
    return answer(call, status, STR("application/json"), body);
}

Err api_leads_to(Call *call, uint16_t status, Id entry)
{
    char log_text[ID_TEXT + 1], entry_text[ID_TEXT + 1];
    Str location = STR_NONE;

    id_to_text(call->ids[0], log_text);
    id_to_text(entry, entry_text);
    TRY(str_format(call->arena, &location, "/api/v1/logs/%s/entries/%s", log_text, entry_text));
    call->actor.answer = (FormAnswer){.location = location, .status = status};
    return ok();
}

Err api_leads_to_list(Call *call, const char *list, Id made)
{
    char text[ID_TEXT + 1];
    Str location = STR_NONE;

    id_to_text(made, text);
    TRY(str_format(call->arena, &location, "%s#%s", list, text));
    call->actor.answer = (FormAnswer){.location = location, .status = 201};
    return ok();
}

Err api_written(Call *call, Id entry)
{
    return tell_written(call, call->actor.answer.status, entry, call->actor.answer.location);
}

Err api_leads_to_one(Call *call, const char *of, Id one)
{
    char text[ID_TEXT + 1];
    Str location = STR_NONE;

    id_to_text(one, text);
    TRY(str_format(call->arena, &location, "/api/v1/%s/%s", of, text));
    call->actor.answer = (FormAnswer){.location = location, .status = 200};
    return ok();
}

Err api_leads_to_log(Call *call)
{
    return api_leads_to_one(call, "logs", call->ids[0]);
}

Err api_acted(Call *call)
{
    return api_written(call, call->ids[0]);
}

Err api_repetition(Call *call)
{
    FormAnswer first = {0};
    Id entry;

    TRY(form_first_answer(&call->actor, call->arena, &first));
    Str location = first.location;
    /* Still being made, lost, or a form's: those who ask may look for themselves. */
    if (!str_starts(location, STR(API_PREFIX)) || location.length < ID_TEXT)
        return fail(E_REPLAYED);
    TRY(id_from_text(str_slice(location, location.length - ID_TEXT, location.length), &entry));
    return tell_written(call, first.status, entry, location);
}

/* ---- what is wrong ---- */

Err api_problem(Call *call, const Problem *problem)
{
    Str body = STR_NONE;

    TRY(problem_write(problem, call->language, call->arena, &body));
    return answer(call, problem->status, API_PROBLEM_TYPE, body);
}

Err api_error(Call *call, Err error, Str reason)
{
    Problem problem = {.status = problem_status(error.id), .held = error.id == E_HELD, .shut = error.id == E_SHUT, .refusal = reason};

    if (error.id == E_REUSED)
        problem.refusal = call_text(call, MSG_WEB_REUSED_TEXT);
    if (error.id == E_REASON)
        problem.field = (ProblemField){.name = "reason", .code = "missing", .detail = call_text(call, MSG_REASON_MISSING)};
    /* RFC 9110 asks for a scheme with every 401; there is none for a cookie that browsers would act on. */
    if (problem.status == 401)
        response_header(call->response, "WWW-Authenticate", STR("Cookie"));
    return api_problem(call, &problem);
}

/* ---- versions ---- */

Err api_version(const Call *call, uint32_t *ret_version)
{
    Str text = call->request->headers[HEADER_IF_MATCH];
    int64_t version;

    if (text.length == 0)
        return fail(E_NO_VERSION);
    if (text.length < 3 || !str_starts(text, STR("\"")) || !str_ends(text, STR("\"")))
        return fail(E_MALFORMED);
    if (!is_ok(num_parse(str_slice(text, 1, text.length - 1), 1, UINT32_MAX, &version)))
        return fail(E_MALFORMED);
    *ret_version = (uint32_t)version;
    return ok();
}

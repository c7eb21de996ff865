/* Posted forms on their way in, and back to whoever typed them.
 * Must not send a secret back.
 * Called by web/web.c, web/error.c and the handlers. */
#include "web/form/posted.h"

#include "domain/procedures.h"
#include "gateway/content_type.h"
#include "gateway/form.h"
#include "pages/views.h"
#include "service/session/form_token.h"
#include "web/call/answer.h"
#include "web/form/kind_rows.h"
#include "web/form/prove.h"
#include "web/form/reason.h"

/* A POST must come from a page of ours (rules: web 3). */
static Err check_origin(const Call *call)
{
    Str origin = call->request->headers[HEADER_ORIGIN];
    Str site = call->request->headers[HEADER_SEC_FETCH_SITE];

    if (!str_equal(origin, call->web->origin) || !str_equal(site, STR("same-origin")))
        return fail(E_BAD_ORIGIN);
    return ok();
}

static bool is_allowed(const Call *call, const Kind *kind, Str name)
{
    for (const char *const *field = call->route->fields; field && *field; field++)
        if (str_equal(name, str_from_c(*field)))
            return true;
    for (size_t i = 0; kind && i < kind->count; i++)
        if (str_equal(name, str_from_c(kind->fields[i].name)))
            return true;
    if (str_starts(call->request->path, STR("/logg/")) && str_equal(name, STR(REASON_FIELD)))
        return true;
    return str_equal(name, STR("form_token")) || (call->route->may_prove && str_equal(name, STR(PROVE_FIELD)));
}

/* The kind whose fields the address says may come, if it says so. form: room for a procedure's. */
static Err kind_of_form(const Call *call, ProcedureForm *form, const Kind **ret_kind)
{
    const Procedure *procedure = NULL;

    if (call->route->entry_fields)
        return kind_from_str(call->word, ret_kind);
    if (!call->route->procedure)
        return ok();
    TRY(procedure_from_str(call->word, &procedure));
    procedure_form(procedure, form);
    *ret_kind = &form->kind;
    return ok();
}

static Err check_fields(const Call *call)
{
    ProcedureForm form;
    const Kind *kind = NULL;

    TRY(kind_of_form(call, &form, &kind));
    for (size_t i = 0; i < call->form.count; i++)
        if (!is_allowed(call, kind, call->form.fields[i].name))
            return fail(E_MALFORMED);
    return ok();
}

static Err parse(Call *call)
{
    TRY(check_origin(call));
    TRY(form_parse(call->request, &call->form));
    return check_fields(call);
}

/* Its token, and a code that is asked for beside it, are not what somebody wants done. */
static bool is_content(Str name)
{
    return !str_equal(name, STR("form_token")) && !str_equal(name, STR(PROVE_FIELD));
}

/* Where it was sent, then a form's fields, or the whole of a document: a repetition is the same in all of it. */
static Err content_of(Call *call, Str token)
{
    const Request *request = call->request;
    const Str place[] = {request->path, request->query, request->headers[HEADER_IF_MATCH]};
    size_t count = 0;
    Str *parts = NULL;

    TRY(ARENA_NEW(call->arena, Str, COUNT_OF(place) + 2 * call->form.count + 1, &parts));
    for (; count < COUNT_OF(place); count++)
        parts[count] = place[count];
    for (size_t i = 0; i < call->form.count; i++) {
        if (!is_content(call->form.fields[i].name))
            continue;
        parts[count++] = call->form.fields[i].name;
        parts[count++] = call->form.fields[i].value;
    }
    if (call->route->api)
        parts[count++] = request->body;
    return form_content(call->service, token, (FormParts){parts, count}, call->arena, &call->actor.content);
}

static Err check_token(Call *call, Str token)
{
    TRY(form_token_check(call->service, call->form_secret, token, call->arena, &call->actor.form));
    call->actor.has_form = call->signed_in;
    return call->actor.has_form ? content_of(call, token) : ok();
}

/* A document stays in the body for its handler, who knows its kind; its token comes in a header. */
static Err check_document(Call *call)
{
    Str type = call->request->headers[HEADER_CONTENT_TYPE];

    TRY(check_origin(call));
    if (!content_type_is(type, STR("application/json")))
        return fail(E_MEDIA_TYPE);
    return check_token(call, call->request->headers[HEADER_FORM_TOKEN]);
}

Err posted_read(Call *call)
{
    if (call->route->api)
        return check_document(call);
    TRY(parse(call));
    return check_token(call, call_field(call, "form_token"));
}

bool posted_before(Call *call)
{
    FormAnswer first;

    if (!call->actor.has_form)
        return false;
    Err found = form_first_answer(&call->actor, call->arena, &first);
    return is_ok(found) || found.id == E_REUSED;
}

/* ---- and back ---- */

/* Fields of sign-in and enrolment are secrets: those routes are public. */
static bool may_repeat(const Call *call)
{
    return call->request->method == METHOD_POST && call->route && call->route->access != ACCESS_PUBLIC;
}

static Err again(Call *call, const Kind *kind, const FormField *posted, FieldView *field)
{
    int at = kind ? kind_find(kind, posted->name) : -1;

    *field = (FieldView){.id = posted->name, .type = INPUT_HIDDEN, .value = posted->value};
    if (at < 0 || (kind->fields[at].type != FIELD_LONG && kind->fields[at].type != FIELD_TEXT))
        return ok();
    field->type = kind->fields[at].type == FIELD_LONG ? INPUT_AREA : INPUT_TEXT;
    return field_label(call, kind, &kind->fields[at], &field->label);
}

/* What no form carries on: its token, and what the page that repeats it asks for itself. */
static bool is_asked_anew(Str name)
{
    return str_equal(name, STR("form_token")) || str_equal(name, STR(PROVE_FIELD)) || str_equal(name, STR(REASON_FIELD));
}

Err posted_again(Call *call, FormView *ret_form)
{
    ProcedureForm own;
    const Kind *kind = NULL;
    FieldView *fields = NULL;
    FormView form = {.action = {call->request->path}, .submit = call_text(call, MSG_SEALED_AGAIN)};
    size_t count = 0;

    /* A session that is gone ended the request before its form was read. */
    if (!may_repeat(call) || (call->form.count == 0 && !is_ok(parse(call))))
        return ok();
    if (!is_ok(kind_of_form(call, &own, &kind)))
        return ok();
    TRY(ARENA_NEW(call->arena, FieldView, call->form.count + 1, &fields));
    for (size_t i = 0; i < call->form.count; i++) {
        const FormField *posted = &call->form.fields[i];
        if (!posted->is_file && !is_asked_anew(posted->name))
            TRY(again(call, kind, posted, &fields[count++]));
    }
    TRY(form_token_new(call->service, call->form_secret, call->arena, &form.token));
    form.fields = (Fields){.items = fields, .count = count};
    *ret_form = form;
    return ok();
}

/* Asks for a code, and takes it.
 * Must not carry anything out itself: the form's own handler does, when the code was right.
 * Called by web.c. */
#include "web/form/prove.h"

#include <string.h>

#include "pages/templates.h"
#include "service/session/prove.h"
#include "web/call/answer.h"
#include "web/call/cookie.h"
#include "web/call/layout.h"
#include "web/form/posted.h"

static Err go_on(Call *call, const SessionToken *token)
{
    const Hash form = call->actor.form, content = call->actor.content;

    TRY(session_resume(call->service, call->tenant, token, &call->actor));
    call->actor.form = form;
    call->actor.content = content;
    call->actor.has_form = true;
    call->token = *token;
    memcpy(call->form_secret, call->actor.form_secret, sizeof call->form_secret);
    return cookie_set(call, call->tenant, token);
}

Err prove_posted(Call *call)
{
    Str code = call_field(call, PROVE_FIELD);
    SessionToken token;

    if (!call->route->may_prove || code.length == 0)
        return ok();
    Err proved = session_prove(call->service, call->tenant, &call->token, code, &token);
    if (proved.id == E_INVALID || proved.id == E_BUSY) {
        call->proof_fault = call_text(call, proved.id == E_BUSY ? MSG_PROVE_WAIT : MSG_PROVE_WRONG);
        return fail(E_PROVE);
    }
    TRY(proved);
    return go_on(call, &token);
}

/* The form as it was typed, and the code as its last field. */
static Err form_with_code(Call *call, FormView *ret_form)
{
    FormView form = {0};
    FieldView *fields = NULL;
    ErrorView *errors = NULL;
    size_t count = 0;

    TRY(posted_again(call, &form));
    TRY(ARENA_NEW(call->arena, FieldView, form.fields.count + 1, &fields));
    for (size_t i = 0; i < form.fields.count; i++)
        fields[count++] = form.fields.items[i];
    fields[count++] = (FieldView){.id = STR(PROVE_FIELD), .type = INPUT_ONE_TIME_CODE, .label = call_text(call, MSG_PROVE_CODE)};
    form.submit = call_text(call, MSG_PROVE_SUBMIT);
    if (call->proof_fault.length > 0) {
        TRY(ARENA_NEW(call->arena, ErrorView, 1, &errors));
        fields[count - 1].error = call->proof_fault;
        *errors = (ErrorView){.field = fields[count - 1].id, .message = fields[count - 1].error};
        form.errors = (ErrorViews){.items = errors, .count = 1};
    }
    form.fields = (Fields){.items = fields, .count = count};
    *ret_form = form;
    return ok();
}

Err prove_page(Call *call)
{
    bool refused = call->proof_fault.length > 0;
    PageProve page = {.layout = call_layout(call, call_text(call, MSG_PROVE_HEADING), "")};
    Html html = call_html(call);

    page.layout.has_errors = refused;
    TRY(form_with_code(call, &page.form));
    page_prove(&html, &page);
    return call_page(call, refused ? 422 : 403, &html);
}

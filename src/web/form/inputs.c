/* Fills FormView.
 * Must not keep a secret in a page: passwords and codes are never sent back.
 * Called by the handlers. */
#include "web/form/inputs.h"

#include <assert.h>

#include "pages/views.h"
#include "service/session/form_token.h"
#include "web/call/answer.h"

Err inputs_new(Call *call, size_t room, Inputs *ret_inputs)
{
    Inputs inputs = {.call = call, .room = room};

    TRY(ARENA_NEW(call->arena, FieldView, room, &inputs.fields));
    TRY(ARENA_NEW(call->arena, ErrorView, room + 1, &inputs.errors));
    *ret_inputs = inputs;
    return ok();
}

static bool is_secret(enum input_type type)
{
    return type == INPUT_PASSWORD || type == INPUT_NEW_PASSWORD || type == INPUT_ONE_TIME_CODE || type == INPUT_FILE;
}

FieldView *inputs_add(Inputs *inputs, const char *id, enum input_type type, Str label)
{
    assert(inputs->count < inputs->room);
    FieldView *field = &inputs->fields[inputs->count++];

    *field = (FieldView){.id = str_from_c(id), .type = type, .label = label};
    if (!is_secret(type))
        field->value = call_field(inputs->call, id);
    return field;
}

void inputs_fault(Inputs *inputs, const char *id, Str message)
{
    Str name = str_from_c(id);

    if (inputs->error_count > inputs->room)
        return;
    for (size_t i = 0; i < inputs->count; i++) {
        if (!str_equal(inputs->fields[i].id, name))
            continue;
        if (inputs->fields[i].error.length)
            return;
        inputs->fields[i].error = message;
    }
    inputs->errors[inputs->error_count++] = (ErrorView){.field = name, .message = message};
}

Err inputs_form(Inputs *inputs, Url action, Str submit, FormView *ret_form)
{
    FormView form = {
        .action = action,
        .errors = {.items = inputs->errors, .count = inputs->error_count},
        .fields = {.items = inputs->fields, .count = inputs->count},
        .submit = submit,
    };

    TRY(form_token_new(inputs->call->service, inputs->call->form_secret, inputs->call->arena, &form.token));
    for (size_t i = 0; i < inputs->count; i++)
        form.multipart = form.multipart || inputs->fields[i].type == INPUT_FILE;
    *ret_form = form;
    return ok();
}

/* Building a form's view: fields, what was typed, and messages beside them.
 * Must not check anything: handlers and the field table do, and report here.
 * Used by the handlers. */
#ifndef WEB_FORM_INPUTS_H
#define WEB_FORM_INPUTS_H

#include "pages/views.h"
#include "web/call/call.h"

typedef struct Inputs {
    Call *call;
    FieldView *fields;
    size_t count;
    size_t room;
    ErrorView *errors;
    size_t error_count;
    bool again; /* what stands is corrected: a day to come may have come */
} Inputs;

/* Room for at most `room` fields. */
MUST_USE Err inputs_new(Call *call, size_t room, Inputs *ret_inputs);

/* The next field. What was typed is shown again (never a password or a one-time code). The returned field may be
 * refined until the next one is added. */
FieldView *inputs_add(Inputs *inputs, const char *id, enum input_type type, Str label);

/* A message at a field (NULL: about the whole form). Only the first of a field is kept. */
void inputs_fault(Inputs *inputs, const char *id, Str message);

/* The form, with a fresh token. Errors: of form_token_new. */
MUST_USE Err inputs_form(Inputs *inputs, Url action, Str submit, FormView *ret_form);

#endif

/* The form that gives somebody a role: who, which role, where, from and to which day.
 * Must not lose what was typed, nor appoint on a fault.
 * Used by the pages about staff and units. */
#include "web/municipality/appoint.h"

#include "domain/period.h"
#include "pages/views.h"
#include "service/people/appoint.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/codes.h"
#include "web/form/kind_form.h"

static const FieldKey person_fields[] = {STAFF_PERSON_NAME, STAFF_PERSON_EMAIL, STAFF_PERSON_PHONE,
                                         STAFF_PERSON_CONFIDENTIALITY_ON, STAFF_PERSON_INSTRUCTION_ON, FIELD_NONE};

static Err role_options(Call *call, const AppointForm *form, FieldView *field)
{
    OptionView *items = NULL;

    TRY(ARENA_NEW(call->arena, OptionView, form->role_count, &items));
    for (size_t i = 0; i < form->role_count; i++) {
        items[i].value = str_from_c(role_code(form->roles[i]));
        items[i].chosen = str_equal(items[i].value, field->value);
        TRY(word_of(call, "role", role_code(form->roles[i]), &items[i].label));
    }
    field->options = (Options){.items = items, .count = form->role_count};
    return ok();
}

static Err unit_options(Call *call, const AppointForm *form, FieldView *field)
{
    OptionView *items = NULL;

    TRY(ARENA_NEW(call->arena, OptionView, form->units.count, &items));
    for (size_t i = 0; i < form->units.count; i++) {
        items[i] = form->units.items[i];
        items[i].chosen = str_equal(items[i].value, field->value);
    }
    field->options = (Options){.items = items, .count = form->units.count};
    return ok();
}

Err appoint_inputs(Inputs *inputs, const AppointForm *form)
{
    Call *call = inputs->call;
    FieldView *field;

    TRY(kind_inputs_some(inputs, kind_of(KIND_STAFF_PERSON), person_fields, NULL, NULL));
    field = inputs_add(inputs, "role", INPUT_RADIO, call_text(call, MSG_STAFF_ROLE));
    TRY(role_options(call, form, field));
    if (!form->own_unit) {
        field = inputs_add(inputs, "unit", INPUT_SELECT, call_text(call, MSG_STAFF_UNIT));
        field->help = call_text(call, MSG_STAFF_UNIT_HELP);
        field->optional = true;
        TRY(unit_options(call, form, field));
    }
    field = inputs_add(inputs, "from_on", INPUT_DATE, call_text(call, MSG_STAFF_FROM));
    field->help = call_text(call, MSG_STAFF_FROM_HELP);
    field->optional = true;
    field = inputs_add(inputs, "to_on", INPUT_DATE, call_text(call, MSG_STAFF_TO));
    field->help = call_text(call, MSG_STAFF_TO_HELP);
    field->optional = true;
    return ok();
}

Err appoint_form(Inputs *inputs, const AppointForm *form, FormView *ret_form)
{
    TRY(inputs_form(inputs, (Url){str_from_c(form->action)}, call_text(inputs->call, MSG_STAFF_SAVE), ret_form));
    if (form->cancel)
        ret_form->cancel = (Url){str_from_c(form->cancel)};
    return ok();
}

/* ---- reading ---- */

static void refuse(Inputs *inputs, const char *field, enum msg text, bool *good)
{
    inputs_fault(inputs, field, call_text(inputs->call, text));
    *good = false;
}

static void read_role(Inputs *inputs, const AppointForm *form, Appointment *appointment, bool *good)
{
    Str typed = call_field(inputs->call, "role");

    for (size_t i = 0; i < form->role_count; i++)
        if (str_equal(typed, str_from_c(role_code(form->roles[i])))) {
            appointment->role = form->roles[i];
            return;
        }
    refuse(inputs, "role", MSG_STAFF_ROLE_MISSING, good);
}

static void read_unit(Inputs *inputs, const AppointForm *form, Appointment *appointment, bool *good)
{
    Str typed = call_field(inputs->call, "unit");

    if (appointment->role == ROLE_MUNICIPALITY_ADMIN)
        return;
    if (form->own_unit)
        appointment->unit = inputs->call->actor.unit;
    else if (!is_ok(id_from_text(typed, &appointment->unit)))
        refuse(inputs, "unit", MSG_STAFF_UNIT_MISSING, good);
}

static Err read_day(Inputs *inputs, const char *name, Day *ret_day, bool *good)
{
    static const Field field = {.type = FIELD_DATE};
    Fault fault = FAULT_FINE;
    Str text = STR_NONE;

    TRY(field_check(&field, call_field(inputs->call, name), inputs->call->arena, &fault, &text));
    if (fault == FAULT_FINE && text.length > 0)
        TRY(day_parse(text, ret_day));
    if (fault != FAULT_FINE || (*ret_day && !day_likely(*ret_day, oslo_day(inputs->call->actor.now), ROLE_YEARS_AHEAD)))
        refuse(inputs, name, MSG_STAFF_DAY_FAULT, good);
    return ok();
}

/* The first day counts from its beginning, the last to its end. */
static Err read_period(Inputs *inputs, Appointment *appointment, bool *good)
{
    Day from = 0, to = 0;

    TRY(read_day(inputs, "from_on", &from, good));
    TRY(read_day(inputs, "to_on", &to, good));
    appointment->from_at = from ? oslo_time(from, 0) : inputs->call->actor.now;
    appointment->to_at = to ? period_end_of(to) : 0;
    if (*good && !period_is_whole(PERIOD_OF(appointment)))
        refuse(inputs, "to_on", MSG_STAFF_PERIOD_FAULT, good);
    return ok();
}

static Err appoint(Inputs *inputs, const Appointment *appointment, bool *good)
{
    Call *call = inputs->call;
    EnrolmentCode code = {.text = ""};
    Id person;
    Err done = people_appoint(call->service, &call->actor, appointment, &person, &code);

    if (done.id == E_INVALID || done.id == E_NOT_FOUND) {
        refuse(inputs, "unit", MSG_STAFF_UNIT_MISSING, good);
        return ok();
    }
    if (done.id == E_DUPLICATE) {
        refuse(inputs, "email", MSG_STAFF_EMAIL_ELSES, good);
        return ok();
    }
    if (done.id == E_RANGE) {
        refuse(inputs, "role", MSG_STAFF_ROLE_HELD, good);
        return ok();
    }
    TRY(done);
    return codes_keep(call, (Id){0}, values_at(appointment->person, STAFF_PERSON_NAME), str_from_c(code.text));
}

Err appoint_send(Inputs *inputs, const AppointForm *form, bool *ret_good)
{
    Values person = {.kind = kind_of(KIND_STAFF_PERSON)};
    Appointment appointment = {.person = &person};
    bool good = true;

    TRY(kind_read_some(inputs, person_fields, &person, &good));
    read_role(inputs, form, &appointment, &good);
    read_unit(inputs, form, &appointment, &good);
    TRY(read_period(inputs, &appointment, &good));
    if (good)
        TRY(appoint(inputs, &appointment, &good));
    *ret_good = good;
    return ok();
}

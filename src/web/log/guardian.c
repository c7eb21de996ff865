/* Another guardian in a log that lives: the consent and the person in one form, because nothing of a person is stored
 * before the consent is (rules: consent 1).
 * Must not lose what was typed, nor decide who may.
 * Called through the table of routes. */
#include "web/log/guardian.h"

#include "domain/consent.h"
#include "pages/templates.h"
#include "service/acts/guardian.h"
#include "service/settings.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/words.h"
#include "web/form/codes.h"
#include "web/form/consent_form.h"
#include "web/form/document_form.h"
#include "web/form/kind_form.h"
#include "web/log/layout.h"

#define ROOM (2 * FIELDS_MAX)

static const FieldKey consent_keys[] = {CONSENT_GIVEN_ON, CONSENT_METHOD, CONSENT_WITNESS, CONSENT_VALID_TO, CONSENT_UNITS,
                                        FIELD_NONE};
static const FieldKey consent_keys_alone[] = {CONSENT_GIVEN_ON, CONSENT_METHOD, CONSENT_WITNESS, CONSENT_VALID_TO, FIELD_NONE};

typedef struct Guardian {
    Call *call;
    LogView log;
    Choices choices;
    unsigned months; /* that a consent may hold here */
    const FieldKey *keys;
    NewGuardian typed;
    NewDocument document;
} Guardian;

/* The units that the others have said yes to, but for the holder's own, which takes part in any case. */
static Err offer_units(Guardian *guardian)
{
    const LogView *log = &guardian->log;
    OptionView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(guardian->call->arena, OptionView, (size_t)log->consented_count + 1, &items));
    for (uint32_t i = 0; i < log->consented_count; i++) {
        Buf id = buf_new(guardian->call->arena, ID_TEXT);
        if (id_equal(log->consented_units[i], log->summary.unit))
            continue;
        buf_add_id(&id, log->consented_units[i]);
        TRY(buf_done(&id, &items[count].value));
        items[count++].label = log->consented_names[i];
    }
    guardian->choices.units = (Options){.items = items, .count = count};
    guardian->keys = count > 0 ? consent_keys : consent_keys_alone;
    return ok();
}

static Err open_guardian(Call *call, Guardian *guardian)
{
    *guardian = (Guardian){.call = call};
    TRY(log_of_address(call, &guardian->log));
    if (!log_may(&guardian->log, ACT_GUARDIAN_ADD))
        return fail(E_NOT_FOUND);
    TRY(log_consent_months(&call->actor, call->arena, &guardian->months));
    return offer_units(guardian);
}

/* ---- the form ---- */

static FieldView *field_of(const Inputs *inputs, const char *name)
{
    for (size_t i = 0; i < inputs->count; i++)
        if (str_equal(inputs->fields[i].id, str_from_c(name)))
            return &inputs->fields[i];
    return NULL;
}

static Err withdraw_in_app(Inputs *inputs)
{
    FieldView *field = field_of(inputs, "method");
    OptionView *items = NULL;
    size_t count = 0;

    if (!field)
        return fail(E_INTERNAL);
    TRY(ARENA_NEW(inputs->call->arena, OptionView, field->options.count, &items));
    for (size_t i = 0; i < field->options.count; i++)
        if (!str_equal(field->options.items[i].value, code_text(CONSENT_METHOD_IN_APP)))
            items[count++] = field->options.items[i];
    field->options = (Options){.items = items, .count = count};
    return ok();
}

/* What stands in an empty form: as long as a consent may hold, and the units that the others said yes to. */
static Err start_of(const Guardian *guardian, Values *ret_start)
{
    const Options *units = &guardian->choices.units;
    Call *call = guardian->call;
    Buf all = buf_new(call->arena, 4096);
    Str text = STR_NONE;

    *ret_start = (Values){.kind = kind_of(KIND_CONSENT)};
    if (call->request->method == METHOD_POST)
        return ok();
    for (size_t i = 0; i < units->count; i++) {
        if (i > 0)
            buf_add_char(&all, '\n');
        buf_add(&all, units->items[i].value);
    }
    TRY(buf_done(&all, &text));
    values_put(ret_start, CONSENT_UNITS, text);
    Day proposed = consent_proposed(oslo_day(call->actor.now), guardian->months);
    return values_put_day(ret_start, CONSENT_VALID_TO, proposed, call->arena);
}

static Err add_inputs(Guardian *guardian, Inputs *inputs)
{
    Call *call = guardian->call;
    Values start;

    TRY(inputs_new(call, ROOM, inputs));
    TRY(start_of(guardian, &start));
    TRY(kind_inputs_some(inputs, kind_of(KIND_CONSENT), guardian->keys, &guardian->choices, &start));
    TRY(withdraw_in_app(inputs));
    document_input(inputs)->optional = true;
    return kind_inputs(inputs, kind_of(KIND_GUARDIAN), NULL, NULL);
}

static Err show(Guardian *guardian, int status, Inputs *inputs)
{
    Call *call = guardian->call;
    PageEntry view = {.heading = call_text(call, MSG_PEOPLE_ADD_GUARDIAN), .lead = call_text(call, MSG_PEOPLE_GUARDIAN_LEAD)};
    Html html = call_html(call);
    Url action;

    TRY(log_url(call, call->ids[0], "/deltakere/foresatt", &action));
    TRY(inputs_form(inputs, action, call_text(call, MSG_PEOPLE_GUARDIAN_SAVE), &view.form));
    TRY(log_url(call, call->ids[0], "/deltakere", &view.form.cancel));
    TRY(log_layout(call, &guardian->log, view.heading, &view.layout));
    view.layout.has_errors = inputs->error_count > 0;
    page_entry(&html, &view);
    return call_page(call, status, &html);
}

Err guardian_page(Call *call)
{
    Guardian guardian;
    Inputs inputs;

    TRY(open_guardian(call, &guardian));
    TRY(add_inputs(&guardian, &inputs));
    return show(&guardian, 200, &inputs);
}

/* ---- reading ---- */

static void fault_at(Inputs *inputs, const char *name, enum msg text)
{
    inputs_fault(inputs, name, call_text(inputs->call, text));
}

static Err check_method(Inputs *inputs, const Values *consent)
{
    unsigned method = values_code(consent, CONSENT_METHOD);

    if (method == CONSENT_METHOD_ORAL && values_at(consent, CONSENT_WITNESS).length == 0)
        fault_at(inputs, "witness", MSG_WIZARD_WITNESS_MISSING);
    return method == CONSENT_METHOD_IN_APP ? kind_fault(inputs, CONSENT_METHOD, FAULT_BAD_CODE) : ok();
}

static void read_document(Inputs *inputs, const Values *consent, NewDocument *document)
{
    enum msg fault = document_read(&inputs->call->form, document);
    bool needed = values_code(consent, CONSENT_METHOD) == CONSENT_METHOD_PAPER;

    if (fault != MSG_COUNT && (needed || fault != MSG_WIZARD_DOCUMENT_MISSING))
        fault_at(inputs, "document", fault);
}

static Err read_all(Guardian *guardian, Inputs *inputs)
{
    Values *consent = &guardian->typed.consent;
    bool good = true;

    *consent = (Values){.kind = kind_of(KIND_CONSENT)};
    guardian->typed.values = (Values){.kind = kind_of(KIND_GUARDIAN)};
    TRY(kind_read_some(inputs, guardian->keys, consent, &good));
    TRY(consent_days_check(inputs, day_of(values_at(consent, CONSENT_GIVEN_ON)), day_of(values_at(consent, CONSENT_VALID_TO)),
                           guardian->months, &good));
    TRY(check_method(inputs, consent));
    read_document(inputs, consent, &guardian->document);
    return kind_read_some(inputs, NULL, &guardian->typed.values, &good);
}

/* What the form does not ask, because it follows. */
static Err complete(Guardian *guardian)
{
    Values *consent = &guardian->typed.consent;
    Day given_on = day_of(values_at(consent, CONSENT_GIVEN_ON));
    Day until = consent_last_day(given_on, day_of(values_at(consent, CONSENT_VALID_TO)), guardian->months);
    uint32_t persons = guardian->log.consent_required + 1;
    Str count = STR_NONE;

    /* The form offers the longest from today; a consent of last week ends a week earlier. */
    TRY(values_put_day(consent, CONSENT_VALID_TO, until, guardian->call->arena));
    TRY(str_format(guardian->call->arena, &count, "%u", persons < 4 ? persons : 4));
    values_put(consent, CONSENT_REQUIRED_PERSONS, count);
    values_put(consent, CONSENT_TEXT_VERSION, STR(CONSENT_TEXT_EDITION));
    values_put(consent, CONSENT_VALID_FROM, values_at(consent, CONSENT_GIVEN_ON));
    return ok();
}

static bool offered(const Guardian *guardian, Str unit)
{
    for (size_t i = 0; i < guardian->choices.units.count; i++)
        if (str_equal(guardian->choices.units.items[i].value, unit))
            return true;
    return false;
}

static Err units_of(const Guardian *guardian, JoiningGuardian *joining)
{
    Str text = values_at(&guardian->typed.consent, CONSENT_UNITS);
    Id *units = NULL;

    TRY(ARENA_NEW(guardian->call->arena, Id, guardian->choices.units.count + 1, &units));
    while (text.length > 0) {
        Str unit = STR_NONE;
        text = str_cut(text, '\n', &unit);
        if (!offered(guardian, unit) || joining->unit_count >= guardian->choices.units.count)
            return fail(E_MALFORMED);
        TRY(id_from_text(unit, &units[joining->unit_count++]));
    }
    joining->units = units;
    return ok();
}

static Err add_guardian(Guardian *guardian, GuardianCode *ret_code)
{
    Call *call = guardian->call;
    JoiningGuardian joining = {.document = guardian->document};

    TRY(complete(guardian));
    TRY(units_of(guardian, &joining));
    joining.guardian = guardian->typed;
    return log_guardian_add(call->service, &call->actor, call->ids[0], &joining, ret_code);
}

Err guardian_send(Call *call)
{
    GuardianCode code = {0};
    Guardian guardian;
    Inputs inputs;

    TRY(open_guardian(call, &guardian));
    TRY(add_inputs(&guardian, &inputs));
    TRY(read_all(&guardian, &inputs));
    if (inputs.error_count > 0)
        return show(&guardian, 422, &inputs);
    TRY(done_leads_in_log(call, "/deltakere"));
    Err added = add_guardian(&guardian, &code);
    if (added.id == E_INVALID) {
        fault_at(&inputs, "", MSG_PEOPLE_GUARDIAN_REFUSED);
        return show(&guardian, 422, &inputs);
    }
    TRY(added);
    TRY(codes_keep(call, call->ids[0], code.name, str_from_c(code.code)));
    return done_in_log(call, act_code(ACT_GUARDIAN_ADD), (Id){0}, "/deltakere");
}

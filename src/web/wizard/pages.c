/* The wizard's pages: which fields stand where, and what must be right before the next one is shown.
 * Must not store anything, nor decide who may create a log: service does.
 * Called by wizard.c and check.c. */
#include "web/wizard/pages.h"

#include "domain/consent.h"
#include "pages/views.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/child_form.h"
#include "web/form/consent_form.h"
#include "web/form/kind_form.h"

#define ROOM 16

/* ---- places ---- */

typedef struct StepRule {
    const char *word;   /* in addresses: a kind's code, so that the kind's fields are let in */
    uint8_t first_page; /* of Typed */
    bool each_person;
    Err (*add)(Wizard *wizard, Place place, Inputs *inputs);
    Err (*read)(Wizard *wizard, Place place, Inputs *inputs, bool *good);
} StepRule;

static Err add_scope(Wizard *wizard, Place place, Inputs *inputs);
static Err read_scope(Wizard *wizard, Place place, Inputs *inputs, bool *good);
static Err add_consent(Wizard *wizard, Place place, Inputs *inputs);
static Err read_consent(Wizard *wizard, Place place, Inputs *inputs, bool *good);
static Err add_child(Wizard *wizard, Place place, Inputs *inputs);
static Err read_child(Wizard *wizard, Place place, Inputs *inputs, bool *good);
static Err read_young(Wizard *wizard, Place place, Inputs *inputs, bool *good);
static Err add_guardian(Wizard *wizard, Place place, Inputs *inputs);
static Err read_guardian(Wizard *wizard, Place place, Inputs *inputs, bool *good);

static const StepRule rules[] = {
    [WIZARD_INFORMATION] = {.word = "information"},
    [WIZARD_SCOPE] = {.word = "consent", .first_page = 1, .add = add_scope, .read = read_scope},
    [WIZARD_CONSENT] = {.word = "consent", .first_page = 1, .each_person = true, .add = add_consent, .read = read_consent},
    [WIZARD_CHILD] = {.word = "child", .first_page = 6, .add = add_child, .read = read_child},
    [WIZARD_YOUNG] = {.word = "renewal", .first_page = 6 + WIZARD_PERSONS_MAX + 1, .add = add_consent, .read = read_young},
    [WIZARD_GUARDIAN] = {.word = "guardian", .first_page = 6, .each_person = true, .add = add_guardian, .read = read_guardian},
    [WIZARD_CHECK] = {.word = "check"},
};

uint8_t place_page(Place place)
{
    return (uint8_t)(rules[place.step].first_page + place.number);
}

Err place_text(Arena *keep, Place place, Str *ret_text)
{
    return str_format(keep, ret_text, "%s_%u", rules[place.step].word, place.number);
}

Err place_from_text(Str text, Place *ret_place)
{
    Str word = STR_NONE;
    int64_t number = 0;

    text = str_cut(text, '_', &word);
    if (!is_ok(num_parse(text, 0, WIZARD_PERSONS_MAX, &number)))
        return fail(E_NOT_FOUND);
    for (size_t step = 0; step < COUNT_OF(rules); step++) {
        if (!str_equal(word, str_from_c(rules[step].word)) || rules[step].each_person != (number > 0))
            continue;
        *ret_place = (Place){.step = (enum wizard_step)step, .number = (uint8_t)number};
        return ok();
    }
    return fail(E_NOT_FOUND);
}

static uint8_t last_number(const Wizard *wizard, enum wizard_step step)
{
    return rules[step].each_person ? (uint8_t)wizard->persons : 0;
}

static bool is_asked(const Wizard *wizard, enum wizard_step step)
{
    return step != WIZARD_YOUNG || wizard->asks_child;
}

Place place_before(const Wizard *wizard, Place place)
{
    if (place.number > 1)
        return (Place){.step = place.step, .number = (uint8_t)(place.number - 1)};
    if (place.step == WIZARD_INFORMATION)
        return place;
    enum wizard_step step = (enum wizard_step)(place.step - 1);
    step = is_asked(wizard, step) ? step : (enum wizard_step)(step - 1);
    return (Place){.step = step, .number = last_number(wizard, step)};
}

static Place place_after(const Wizard *wizard, Place place)
{
    if (place.number < last_number(wizard, place.step))
        return (Place){.step = place.step, .number = (uint8_t)(place.number + 1)};
    enum wizard_step step = (enum wizard_step)(place.step + 1);
    step = is_asked(wizard, step) ? step : (enum wizard_step)(step + 1);
    return (Place){.step = step, .number = rules[step].each_person ? 1 : 0};
}

/* ---- looking at a place ---- */

static Err look_at(Wizard *wizard, Place place)
{
    return typed_form(&wizard->typed, place_page(place), wizard->call->arena, &wizard->call->form);
}

Err wizard_inputs(Wizard *wizard, Place place, Inputs *inputs)
{
    TRY(look_at(wizard, place));
    return rules[place.step].add(wizard, place, inputs);
}

Err wizard_read(Wizard *wizard, Place place, Inputs *inputs, bool *ret_good)
{
    bool good = true;

    TRY(look_at(wizard, place));
    TRY(rules[place.step].read(wizard, place, inputs, &good));
    *ret_good = good;
    return ok();
}

Err wizard_first_open(Wizard *wizard, Place *ret_place)
{
    Place place = {.step = WIZARD_SCOPE};
    bool good = true;

    while (place.step != WIZARD_CHECK) {
        Inputs unseen;
        TRY(inputs_new(wizard->call, ROOM, &unseen));
        TRY(wizard_read(wizard, place, &unseen, &good));
        if (!good)
            break;
        place = place_after(wizard, place);
    }
    *ret_place = place;
    return ok();
}

static Err fault_at(Inputs *inputs, const char *name, enum msg text, bool *good)
{
    inputs_fault(inputs, name, call_text(inputs->call, text));
    *good = false;
    return ok();
}

static Err fault_of_kind(Inputs *inputs, FieldKey key, Fault fault, bool *good)
{
    *good = false;
    return kind_fault(inputs, key, fault);
}

static Day today_of(const Wizard *wizard)
{
    return oslo_day(wizard->call->actor.now);
}

static FieldView *field_of(const Inputs *inputs, const char *name)
{
    for (size_t i = 0; i < inputs->count; i++)
        if (str_equal(inputs->fields[i].id, str_from_c(name)))
            return &inputs->fields[i];
    return NULL;
}

/* ---- scope: how many must say yes, to whom, for how long ---- */

static const FieldKey scope_keys[] = {CONSENT_REQUIRED_PERSONS, CONSENT_UNITS, CONSENT_VALID_TO, FIELD_NONE};
static const FieldKey scope_keys_alone[] = {CONSENT_REQUIRED_PERSONS, CONSENT_VALID_TO, FIELD_NONE}; /* no other unit is there */

static Err offer_persons(Inputs *inputs)
{
    FieldView *field = field_of(inputs, "required_persons");
    OptionView *items = NULL;

    if (!field)
        return fail(E_INTERNAL);
    TRY(ARENA_NEW(inputs->call->arena, OptionView, WIZARD_PERSONS_MAX, &items));
    for (unsigned i = 0; i < WIZARD_PERSONS_MAX; i++) {
        TRY(str_format(inputs->call->arena, &items[i].value, "%u", i + 1));
        items[i].label = items[i].value;
        items[i].chosen = str_equal(items[i].value, field->value);
    }
    field->type = INPUT_RADIO;
    field->options = (Options){.items = items, .count = WIZARD_PERSONS_MAX};
    return ok();
}

static Err add_scope(Wizard *wizard, Place place, Inputs *inputs)
{
    const Choices choices = {.units = wizard->units};
    Values start = {.kind = kind_of(KIND_CONSENT)};

    (void)place;
    TRY(values_put_day(&start, CONSENT_VALID_TO, consent_proposed(today_of(wizard), wizard->months), wizard->call->arena));
    TRY(kind_inputs_some(inputs, start.kind, wizard->units.count ? scope_keys : scope_keys_alone, &choices, &start));
    return offer_persons(inputs);
}

static bool unit_known(const Wizard *wizard, Str unit)
{
    for (size_t i = 0; i < wizard->units.count; i++)
        if (str_equal(wizard->units.items[i].value, unit))
            return true;
    return false;
}

static bool units_known(const Wizard *wizard, Str units)
{
    while (units.length > 0) {
        Str unit = STR_NONE;
        units = str_cut(units, '\n', &unit);
        if (!unit_known(wizard, unit))
            return false;
    }
    return true;
}

static Err read_scope(Wizard *wizard, Place place, Inputs *inputs, bool *good)
{
    Values *scope = &wizard->scope;
    int64_t persons = 0;
    Day until = 0;

    (void)place;
    *scope = (Values){.kind = kind_of(KIND_CONSENT)};
    TRY(kind_read_some(inputs, scope_keys, scope, good));
    if (!*good)
        return ok();
    if (!is_ok(num_parse(values_at(scope, CONSENT_REQUIRED_PERSONS), 1, WIZARD_PERSONS_MAX, &persons)))
        return fault_of_kind(inputs, CONSENT_REQUIRED_PERSONS, FAULT_BAD_CODE, good);
    if (!units_known(wizard, values_at(scope, CONSENT_UNITS)))
        return fault_of_kind(inputs, CONSENT_UNITS, FAULT_BAD_REFERENCE, good);
    TRY(day_parse(values_at(scope, CONSENT_VALID_TO), &until));
    TRY(consent_days_check(inputs, 0, until, wizard->months, good));
    wizard->persons = (uint32_t)persons;
    return ok();
}

/* ---- consent of one person, without a name ---- */

static const FieldKey consent_keys[] = {CONSENT_GIVEN_ON, CONSENT_METHOD, CONSENT_WITNESS, FIELD_NONE};

static Err add_answer(Inputs *inputs)
{
    Call *call = inputs->call;
    FieldView *field = inputs_add(inputs, "answer", INPUT_RADIO, call_text(call, MSG_WIZARD_ANSWER));
    OptionView *items = NULL;

    TRY(ARENA_NEW(call->arena, OptionView, 2, &items));
    items[0] = (OptionView){.value = VALUE_YES, .label = call_text(call, MSG_YES_NO_1)};
    items[1] = (OptionView){.value = VALUE_NO, .label = call_text(call, MSG_YES_NO_0)};
    for (size_t i = 0; i < 2; i++)
        items[i].chosen = str_equal(field->value, items[i].value);
    field->options = (Options){.items = items, .count = 2};
    return ok();
}

static Err withdraw_option(Inputs *inputs, const char *name, Str value)
{
    FieldView *field = field_of(inputs, name);
    OptionView *items = NULL;
    size_t count = 0;

    if (!field)
        return fail(E_INTERNAL);
    TRY(ARENA_NEW(inputs->call->arena, OptionView, field->options.count, &items));
    for (size_t i = 0; i < field->options.count; i++)
        if (!str_equal(field->options.items[i].value, value))
            items[count++] = field->options.items[i];
    field->options = (Options){.items = items, .count = count};
    return ok();
}

static Err add_consent(Wizard *wizard, Place place, Inputs *inputs)
{
    (void)wizard;
    (void)place;
    TRY(add_answer(inputs));
    TRY(kind_inputs_some(inputs, kind_of(KIND_CONSENT), consent_keys, NULL, NULL));
    return withdraw_option(inputs, "method", code_text(CONSENT_METHOD_IN_APP));
}

Err wizard_denied(Wizard *wizard, Place place, bool *ret_denied)
{
    TRY(look_at(wizard, place));
    *ret_denied = (place.step == WIZARD_CONSENT || place.step == WIZARD_YOUNG) && str_equal(call_field(wizard->call, "answer"), VALUE_NO);
    return ok();
}

/* What the pages of scope and person say together. */
static Err complete_consent(Wizard *wizard, Values *consent, Day given_on)
{
    Day until = 0;

    TRY(day_parse(values_at(&wizard->scope, CONSENT_VALID_TO), &until));
    values_put(consent, CONSENT_REQUIRED_PERSONS, values_at(&wizard->scope, CONSENT_REQUIRED_PERSONS));
    values_put(consent, CONSENT_TEXT_VERSION, STR(CONSENT_TEXT_EDITION));
    values_put(consent, CONSENT_VALID_FROM, values_at(consent, CONSENT_GIVEN_ON));
    return values_put_day(consent, CONSENT_VALID_TO, consent_last_day(given_on, until, wizard->months), wizard->call->arena);
}

static Err read_answer(Wizard *wizard, Values *consent, Inputs *inputs, bool *good)
{
    Day given_on = 0;

    *consent = (Values){.kind = kind_of(KIND_CONSENT)};
    if (!str_equal(call_field(wizard->call, "answer"), VALUE_YES))
        TRY(fault_at(inputs, "answer", MSG_WIZARD_ANSWER_MISSING, good));
    TRY(kind_read_some(inputs, consent_keys, consent, good));
    if (values_code(consent, CONSENT_METHOD) == CONSENT_METHOD_IN_APP)
        TRY(fault_of_kind(inputs, CONSENT_METHOD, FAULT_BAD_CODE, good));
    if (values_code(consent, CONSENT_METHOD) == CONSENT_METHOD_ORAL && values_at(consent, CONSENT_WITNESS).length == 0)
        TRY(fault_at(inputs, "witness", MSG_WIZARD_WITNESS_MISSING, good));
    if (!values_day(consent, CONSENT_GIVEN_ON, &given_on))
        return ok(); /* said already */
    TRY(consent_days_check(inputs, given_on, 0, wizard->months, good));
    return complete_consent(wizard, consent, given_on);
}

static Err read_consent(Wizard *wizard, Place place, Inputs *inputs, bool *good)
{
    return read_answer(wizard, &wizard->consents[place.number - 1], inputs, good);
}

/* ---- child ---- */

static Err add_child(Wizard *wizard, Place place, Inputs *inputs)
{
    (void)wizard;
    (void)place;
    return kind_inputs(inputs, kind_of(KIND_CHILD), NULL, NULL);
}

static Err read_child(Wizard *wizard, Place place, Inputs *inputs, bool *good)
{
    Values *child = &wizard->child;
    Day birth;

    (void)place;
    *child = (Values){.kind = kind_of(KIND_CHILD)};
    TRY(kind_read_some(inputs, NULL, child, good));
    wizard->asks_child = values_day(child, CHILD_BIRTH_DATE, &birth) && consent_age_flags(birth, today_of(wizard), wizard->consent_age) != 0;
    return child_check(inputs, child, good);
}

/* From the age at which it answers for itself the child says yes too, to the same and as long. */
static Err read_young(Wizard *wizard, Place place, Inputs *inputs, bool *good)
{
    (void)place;
    return read_answer(wizard, &wizard->young, inputs, good);
}

/* ---- guardians ---- */

static Err add_guardian(Wizard *wizard, Place place, Inputs *inputs)
{
    (void)wizard;
    (void)place;
    return kind_inputs(inputs, kind_of(KIND_GUARDIAN), NULL, NULL);
}

static bool number_taken(const Wizard *wizard, uint8_t number, Str national_id)
{
    bool taken = str_equal(national_id, values_at(&wizard->child, CHILD_NATIONAL_ID));

    for (unsigned i = 0; i + 1 < number; i++)
        taken = taken || str_equal(national_id, values_at(&wizard->guardians[i], GUARDIAN_NATIONAL_ID));
    return taken && national_id.length > 0;
}

static Err read_guardian(Wizard *wizard, Place place, Inputs *inputs, bool *good)
{
    Values *guardian = &wizard->guardians[place.number - 1];

    *guardian = (Values){.kind = kind_of(KIND_GUARDIAN)};
    TRY(kind_read_some(inputs, NULL, guardian, good));
    if (number_taken(wizard, place.number, values_at(guardian, GUARDIAN_NATIONAL_ID)))
        return fault_at(inputs, "national_id", MSG_WIZARD_SAME_NUMBER, good);
    return ok();
}

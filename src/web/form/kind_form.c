/* The field table as a form, and a posted form as checked values.
 * Must not store or decide anything.
 * Called by the handlers of entries, wizard, participants and staff. */
#include "web/form/kind_form.h"

#include "api/problem.h"
#include "domain/input/numbers.h"
#include "pages/views.h"
#include "web/call/answer.h"
#include "web/call/words.h"

static const enum input_type input_of[] = {
    [FIELD_TEXT] = INPUT_TEXT,
    [FIELD_LONG] = INPUT_AREA,
    [FIELD_DATE] = INPUT_DATE,
    [FIELD_DATETIME] = INPUT_TEXT,
    [FIELD_CODE] = INPUT_SELECT,
    [FIELD_YES_NO] = INPUT_CHECKS,
    [FIELD_ENTRY] = INPUT_SELECT,
    [FIELD_PERSON] = INPUT_CHECKS,
    [FIELD_NUMBER] = INPUT_DIGITS,
    [FIELD_LINK] = INPUT_LINK,
    [FIELD_EMAIL] = INPUT_EMAIL,
    [FIELD_PHONE] = INPUT_PHONE,
    [FIELD_NATIONAL_ID] = INPUT_DIGITS,
    [FIELD_ORGANISATION_NUMBER] = INPUT_DIGITS,
    [FIELD_UNIT] = INPUT_CHECKS,
    [FIELD_HASH] = INPUT_HIDDEN,
};

/* Three options at most are shown as buttons to press, more as a list. */
#define RADIO_MAX 3

static bool is_made_by_us(const Field *field)
{
    return field->class == CLASS_SYSTEM;
}

static Err text_of(Call *call, Str *ret_text, const char *kind, const char *field, const char *suffix)
{
    Str key = STR_NONE;
    enum msg id;

    TRY(str_format(call->arena, &key, "field.%s.%s%s", kind, field, suffix));
    *ret_text = msg_find(key, &id) ? msg(call->language, id) : STR_NONE;
    return ok();
}

static Err code_options(Call *call, CodeList list, Options *ret_options)
{
    Codes codes = codes_of(list);
    OptionView *items = NULL;
    enum msg help;

    TRY(ARENA_NEW(call->arena, OptionView, codes.count, &items));
    for (uint32_t i = 0; i < codes.count; i++) {
        Str key = STR_NONE;
        TRY(str_format(call->arena, &items[i].value, "%u", codes.items[i]));
        TRY(str_format(call->arena, &key, "%s.%u", codes.key, codes.items[i]));
        items[i].label = msg_by_key(call->language, key);
        TRY(str_format(call->arena, &key, "%s.%u.help", codes.key, codes.items[i]));
        if (msg_find(key, &help))
            items[i].help = call_text(call, help);
    }
    *ret_options = (Options){.items = items, .count = codes.count};
    return ok();
}

static Err yes_option(Call *call, Options *ret_options)
{
    OptionView *item = NULL;

    TRY(ARENA_NEW(call->arena, OptionView, 1, &item));
    item->value = VALUE_YES;
    item->label = call_text(call, MSG_WEB_YES);
    *ret_options = (Options){.items = item, .count = 1};
    return ok();
}

/* A reference field is named after the kind it names; `entry` may name any of the log's entries. */
static Options entry_options(const Field *field, const Choices *choices)
{
    const Kind *kind = NULL;

    if (choices && is_ok(kind_from_str(str_from_c(field->name), &kind)))
        return choices->entries[kind->id];
    return (Options){0};
}

static Err options_of(Call *call, const Field *field, const Choices *choices, Options *ret_options)
{
    Options options = {0};

    if (field->type == FIELD_CODE)
        TRY(code_options(call, field->codes, &options));
    if (field->type == FIELD_YES_NO)
        TRY(yes_option(call, &options));
    if (field->type == FIELD_ENTRY)
        options = entry_options(field, choices);
    if (field->type == FIELD_PERSON && choices)
        options = choices->people;
    if (field->type == FIELD_UNIT && choices)
        options = choices->units;
    *ret_options = options;
    return ok();
}

static bool holds(Str list, Str value)
{
    while (list.length) {
        Str item;
        list = str_cut(list, '\n', &item);
        if (str_equal(item, value))
            return true;
    }
    return false;
}

/* The shared options of a form are copied, because each field has chosen ones of its own. */
static Err choose(Call *call, FieldView *view, Options options)
{
    OptionView *items = NULL;

    TRY(ARENA_NEW(call->arena, OptionView, options.count, &items));
    for (size_t i = 0; i < options.count; i++) {
        items[i] = options.items[i];
        items[i].chosen = holds(view->value, items[i].value);
    }
    view->options = (Options){.items = items, .count = options.count};
    return ok();
}

/* Canonical text as people write it: dates in the Norwegian way. */
static Err typed_form(const Call *call, const Field *field, Str text, Str *ret_text)
{
    Buf typed = buf_new(call->arena, 64);

    *ret_text = text;
    if (text.length == 0 || (field->type != FIELD_DATE && field->type != FIELD_DATETIME))
        return ok();
    if (field->type == FIELD_DATE) {
        text_day_short(&typed, day_of(text));
    } else {
        Moment moment = moment_of(text);
        text_day_short(&typed, oslo_day(moment.ms));
        buf_format(&typed, " %02u.%02u", oslo_minute(moment.ms) / 60, oslo_minute(moment.ms) % 60);
    }
    return buf_done(&typed, ret_text);
}

/* A choice among nothing is not shown, unless it must be made. */
static bool is_offered(const Field *field, const Options *options)
{
    bool chooses = field->type == FIELD_ENTRY || field->type == FIELD_UNIT;

    return !chooses || field->required || options->count > 0;
}

/* What a day may be, said before it is typed, behind what is said of the field itself. */
static Err add_help_of_day(const Call *call, const Field *field, Str *help)
{
    Str days = STR_NONE;

    if (field->days == DAYS_PAST || field->days == DAYS_OF_MINOR)
        days = call_text(call, MSG_DAYS_PAST);
    if (field->days == DAYS_COMING)
        days = call_text(call, MSG_DAYS_COMING);
    if (days.length == 0 || help->length == 0) {
        *help = days.length > 0 ? days : *help;
        return ok();
    }
    return str_format(call->arena, help, "%.*s. %.*s.", STR_ARGS(*help), STR_ARGS(days));
}

static Err add_field(Inputs *inputs, const Kind *kind, const Field *field, const Choices *choices, Str start)
{
    Call *call = inputs->call;
    Options options = {0};
    FieldView *view;

    TRY(options_of(call, field, choices, &options));
    if (!is_offered(field, &options))
        return ok();
    view = inputs_add(inputs, field->name, input_of[field->type], STR_NONE);
    TRY(text_of(call, &view->label, kind->code, field->name, ""));
    TRY(text_of(call, &view->help, kind->code, field->name, ".help"));
    TRY(add_help_of_day(call, field, &view->help));
    view->optional = !field->required;
    if (view->value.length == 0)
        TRY(typed_form(call, field, start, &view->value));
    if (view->type == INPUT_AREA || view->type == INPUT_TEXT)
        view->maximum = field->maximum;
    bool one = (field->type == FIELD_PERSON || field->type == FIELD_UNIT) && !field->multiple;
    if (one || field->type == FIELD_CODE)
        view->type = options.count <= RADIO_MAX ? INPUT_RADIO : INPUT_SELECT;
    return choose(call, view, options);
}

Err kind_start(Call *call, const Kind *kind, Values *ret_start)
{
    Values start = {.kind = kind};

    for (uint8_t i = 0; i < kind->count; i++) {
        const Field *field = &kind->fields[i];
        Buf text = buf_new(call->arena, 32);
        if (field->start == START_EMPTY)
            continue;
        if (field->start == START_TODAY)
            buf_add_day(&text, oslo_day(call->actor.now));
        else
            buf_add_i64(&text, codes_of(field->codes).items[0]);
        TRY(buf_done(&text, &start.text[i]));
    }
    *ret_start = start;
    return ok();
}

static bool is_among(FieldKey key, const FieldKey *keys)
{
    if (!keys)
        return true;
    for (; *keys != FIELD_NONE; keys++)
        if (*keys == key)
            return true;
    return false;
}

Err kind_inputs_some(Inputs *inputs, const Kind *kind, const FieldKey *keys, const Choices *choices, const Values *start)
{
    for (uint8_t i = 0; i < kind->count; i++) {
        const Field *field = &kind->fields[i];
        if (!is_made_by_us(field) && is_among(field_key(kind, i), keys))
            TRY(add_field(inputs, kind, field, choices, start ? start->text[i] : STR_NONE));
    }
    return ok();
}

Err kind_inputs(Inputs *inputs, const Kind *kind, const Choices *choices, const Values *start)
{
    return kind_inputs_some(inputs, kind, NULL, choices, start);
}

/* ---- reading ---- */

static bool number_allowed(const Call *call, const Field *field, Str text)
{
    if (text.length == 0)
        return true;
    if (field->type == FIELD_NATIONAL_ID)
        return is_ok(national_accept(text, call->service->mode));
    if (field->type == FIELD_ORGANISATION_NUMBER)
        return organisation_number_valid(text);
    return true;
}

Err kind_fault(Inputs *inputs, FieldKey key, Fault fault)
{
    const FieldFault found = {.kind = kind_of((unsigned)key >> 8), .at = (uint8_t)(key & 0xFF), .fault = fault};
    Str message = STR_NONE;

    TRY(fault_words(inputs->call->language, found, inputs->call->arena, &message));
    inputs_fault(inputs, field_at(key)->name, message);
    return ok();
}

static Err read_field(Inputs *inputs, FieldKey key, Str *text, bool *good)
{
    const Field *field = field_at(key);
    Call *call = inputs->call;
    Fault fault = FAULT_FINE;

    TRY(field_check(field, call_field(call, field->name), call->arena, &fault, text));
    if (fault == FAULT_FINE && !number_allowed(call, field, *text))
        fault = FAULT_BAD_NUMBER;
    if (fault == FAULT_FINE)
        return ok();
    *good = false;
    return kind_fault(inputs, key, fault);
}

/* Days among what was read, by the table; of the other fields nothing is said. */
static Err check_days(Inputs *inputs, const FieldKey *keys, const Values *values, bool *good)
{
    const Written written = {oslo_day(inputs->call->actor.now), inputs->again};
    Fault faults[FIELDS_MAX] = {FAULT_FINE};

    if (dates_check(values, written, faults))
        return ok();
    for (uint8_t i = 0; i < values->kind->count; i++) {
        FieldKey key = field_key(values->kind, i);
        if (faults[i] == FAULT_FINE || is_made_by_us(field_at(key)) || !is_among(key, keys))
            continue;
        *good = false;
        TRY(kind_fault(inputs, key, faults[i]));
    }
    return ok();
}

Err kind_read_some(Inputs *inputs, const FieldKey *keys, Values *values, bool *good)
{
    for (uint8_t i = 0; i < values->kind->count; i++) {
        FieldKey key = field_key(values->kind, i);
        if (!is_made_by_us(field_at(key)) && is_among(key, keys))
            TRY(read_field(inputs, key, &values->text[i], good));
    }
    return check_days(inputs, keys, values, good);
}

Err kind_read(Inputs *inputs, const Kind *kind, Values *ret_values, bool *ret_good)
{
    Values values = {.kind = kind};
    bool good = true;

    TRY(kind_read_some(inputs, NULL, &values, &good));
    *ret_values = values;
    *ret_good = good;
    return ok();
}

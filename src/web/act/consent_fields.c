/* What the forms about a consent offer and check: whose it is, of which services, its days, its witness and its paper; by name where
 * the reader reads the log, else by what whoever may do it must know.
 * Must not open anything: it is given what was asked, and the log where it was opened.
 * Called by act.c. Rules: consent 5, 7, 12, 13, access 21. */
#include "web/act/consent_fields.h"

#include "service/people/units.h"
#include "service/settings.h"
#include "text/text.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/consent_form.h"
#include "web/form/document_form.h"

/* ---- whose ---- */

static Str name_of(const LogView *log, Id participant)
{
    for (uint32_t i = 0; log && i < log->people_count; i++)
        if (id_equal(log->people[i].participant, participant))
            return log->people[i].name;
    /* The child that was never let in is no participant. */
    return log && id_equal(participant, log->summary.id) ? log->summary.child_name : STR_NONE;
}

/* Of whom the name is not to be shown: the day on which they consented. */
static Err day_words(const Call *call, const ProcedureGiver *giver, uint32_t number, Str *ret_words)
{
    Buf day = buf_new(call->arena, 64), words = buf_new(call->arena, 256);
    Str text = STR_NONE;

    text_day(&day, call->language, giver->given_on);
    TRY(buf_done(&day, &text));
    const MsgArgument arguments[] = {{.name = STR("number"), .type = ARGUMENT_NUMBER, .number = number},
                                     {.name = STR("day"), .type = ARGUMENT_TEXT, .text = text}};
    msg_write(&words, call->language, MSG_CONSENT_OF_DAY, arguments, COUNT_OF(arguments));
    return buf_done(&words, ret_words);
}

static Err givers_of(const Call *call, const ProcedureAsked *asked, const LogView *log, Options *ret_people)
{
    OptionView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, OptionView, (size_t)asked->giver_count + 1, &items));
    for (uint32_t i = 0; i < asked->giver_count; i++) {
        Buf id = buf_new(call->arena, ID_TEXT);
        OptionView item = {.label = name_of(log, asked->givers[i].participant)};
        /* A child is asked when it has the age, or nearly: that stands in the log. */
        if (asked->givers[i].asked && (!log || !(log->ask.flags & FLAG_CONSENT_NEAR) || item.label.length == 0))
            continue;
        buf_add_id(&id, asked->givers[i].participant);
        TRY(buf_done(&id, &item.value));
        if (item.label.length == 0)
            TRY(day_words(call, &asked->givers[i], i + 1, &item.label));
        items[count++] = item;
    }
    *ret_people = (Options){.items = items, .count = count};
    return ok();
}

/* ---- of which services ---- */

static bool is_offered(const Options *options, Str value)
{
    for (size_t i = 0; i < options->count; i++)
        if (str_equal(options->items[i].value, value))
            return true;
    return false;
}

static const ProcedureGiver *giver_of(const ProcedureAsked *asked, const LogConsent *consent)
{
    bool stands = consent->worth == CONSENT_COUNTS || consent->worth == CONSENT_OVER || consent->worth == CONSENT_TO_COME;

    for (uint32_t i = 0; stands && i < asked->giver_count; i++)
        if (id_equal(asked->givers[i].participant, consent->participant))
            return &asked->givers[i];
    return NULL;
}

/* But for the unit that has the log: to withdraw from that one is to withdraw the whole. */
static Err add_units(const Call *call, const LogView *log, const LogConsent *consent, Options *units, OptionView *items)
{
    for (uint32_t i = 0; i < consent->unit_count; i++) {
        Buf id = buf_new(call->arena, ID_TEXT);
        Str value = STR_NONE;
        buf_add_id(&id, consent->units[i]);
        TRY(buf_done(&id, &value));
        if (consent->unit_names[i].length == 0 || id_equal(consent->units[i], log->summary.unit) || is_offered(units, value))
            continue;
        items[units->count++] = (OptionView){.value = value, .label = consent->unit_names[i]};
    }
    return ok();
}

/* Those that a consent names which the reader may withdraw: their own, or for whoever records it anybody's. */
static Err services_of(const Call *call, const ProcedureAsked *asked, const LogView *log, Options *ret_units)
{
    bool own = role_is_family(call->actor.role);
    OptionView *items = NULL;
    Options units = {0};
    size_t room = 1;

    for (uint32_t i = 0; i < log->consent_count; i++)
        room += log->consents[i].unit_count;
    TRY(ARENA_NEW(call->arena, OptionView, room, &items));
    units.items = items;
    for (uint32_t i = 0; i < log->consent_count; i++) {
        const ProcedureGiver *giver = giver_of(asked, &log->consents[i]);
        if (giver && (giver->own || !own))
            TRY(add_units(call, log, &log->consents[i], &units, items));
    }
    *ret_units = units;
    return ok();
}

static Err unit_options(Call *call, IdList units, const Str *names, Id but, Options *ret_units)
{
    OptionView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, OptionView, (size_t)units.count + 1, &items));
    for (uint32_t i = 0; i < units.count; i++) {
        Buf id = buf_new(call->arena, ID_TEXT);
        if (id_equal(units.ids[i], but))
            continue;
        buf_add_id(&id, units.ids[i]);
        TRY(buf_done(&id, &items[count].value));
        items[count++].label = names[i];
    }
    *ret_units = (Options){.items = items, .count = count};
    return ok();
}

/* Those that a consent may name: for whoever records it every unit that is open; for the family those that were named before. */
static Err may_name(Call *call, const ConsentForm *form, Options *ret_units)
{
    Units units = {0};
    Str *names = NULL;
    Id *ids = NULL;
    uint32_t count = 0;

    if (role_is_family(call->actor.role)) {
        TRY(ARENA_NEW(call->arena, Str, (size_t)form->asked->units.count + 1, &names));
        TRY(people_unit_names(call->service, &call->actor, form->asked->units, call->arena, names));
        return unit_options(call, form->asked->units, names, form->asked->unit, ret_units);
    }
    TRY(people_units(call->service, &call->actor, call->arena, &units));
    TRY(ARENA_NEW(call->arena, Str, (size_t)units.count + 1, &names));
    TRY(ARENA_NEW(call->arena, Id, (size_t)units.count + 1, &ids));
    for (uint32_t i = 0; i < units.count; i++) {
        if (units.items[i].closed)
            continue;
        ids[count] = units.items[i].id;
        names[count++] = units.items[i].name;
    }
    return unit_options(call, (IdList){ids, count}, names, form->asked->unit, ret_units);
}

Err consent_choices(Call *call, const ConsentForm *form, Choices *ret_choices)
{
    TRY(givers_of(call, form->asked, form->log, &ret_choices->people));
    if (!form->procedure->withdraws)
        return may_name(call, form, &ret_choices->units);
    return form->log ? services_of(call, form->asked, form->log, &ret_choices->units) : ok();
}

/* ---- what an empty form shows ---- */

static Err id_lines(Call *call, IdList ids, Str *ret_text)
{
    Buf text = buf_new(call->arena, (size_t)(ids.count + 1) * (ID_TEXT + 1));

    for (uint32_t i = 0; i < ids.count; i++) {
        if (i > 0)
            buf_add_char(&text, '\n');
        buf_add_id(&text, ids.ids[i]);
    }
    return buf_done(&text, ret_text);
}

static Err start_of_renewal(Call *call, const ConsentForm *form, const Choices *choices, Values *start)
{
    bool own = role_is_family(call->actor.role);
    Day today = oslo_day(call->actor.now);
    Str units = STR_NONE;
    unsigned months = 0;

    TRY(log_consent_months(&call->actor, call->arena, &months));
    TRY(id_lines(call, own && form->asked->own_units.count > 0 ? form->asked->own_units : form->asked->units, &units));
    TRY(values_put_day(start, RENEWAL_VALID_TO, consent_proposed(today, months), call->arena));
    values_put(start, RENEWAL_UNITS, units);
    if (choices->people.count == 1)
        values_put(start, RENEWAL_GIVER, choices->people.items[0].value);
    return ok();
}

Err consent_start(Call *call, const ConsentForm *form, const Choices *choices, Values *ret_start)
{
    bool blank = call->request->method == METHOD_GET;

    *ret_start = (Values){.kind = kind_of(form->procedure->asks)};
    if (!form->procedure->withdraws)
        return blank ? start_of_renewal(call, form, choices, ret_start) : ok();
    if (choices->people.count == 1)
        values_put(ret_start, WITHDRAWAL_GIVER, choices->people.items[0].value);
    if (choices->units.count == 0)
        values_put(ret_start, WITHDRAWAL_OF, code_text(WITHDRAWAL_ALL));
    return ok();
}

/* ---- the fields ---- */

static FieldView *field_of(Inputs *inputs, FieldKey key)
{
    for (size_t i = 0; i < inputs->count; i++)
        if (str_equal(inputs->fields[i].id, str_from_c(field_at(key)->name)))
            return &inputs->fields[i];
    return NULL;
}

void consent_fields(const ConsentForm *form, const Choices *choices, Inputs *inputs)
{
    FieldView *of = form->procedure->withdraws ? field_of(inputs, WITHDRAWAL_OF) : NULL;

    if (of && choices->units.count == 0)
        of->options.count = 1;
    if (form->procedure->document)
        document_input(inputs)->optional = true;
}

/* ---- what was typed ---- */

static Err check_service(Inputs *inputs, const Values *typed, bool *good)
{
    bool one = values_code(typed, WITHDRAWAL_OF) == WITHDRAWAL_SERVICE;

    if (!one || values_at(typed, WITHDRAWAL_UNIT).length > 0)
        return ok();
    *good = false;
    return kind_fault(inputs, WITHDRAWAL_UNIT, FAULT_MISSING);
}

static void fault_at(Inputs *inputs, FieldKey key, enum msg text, bool *good)
{
    inputs_fault(inputs, field_at(key)->name, call_text(inputs->call, text));
    *good = false;
}

/* The paper is looked at where a row takes one, and asked for where it was signed. */
static void check_paper(Inputs *inputs, const Values *typed, bool *good)
{
    bool needed = values_code(typed, RENEWAL_METHOD) == RECORDED_PAPER;
    NewDocument document;
    enum msg fault = document_read(&inputs->call->form, &document);

    if (fault == MSG_COUNT || (!needed && fault == MSG_WIZARD_DOCUMENT_MISSING))
        return;
    inputs_fault(inputs, "document", call_text(inputs->call, fault));
    *good = false;
}

static Err check_renewal(const ConsentForm *form, Inputs *inputs, const Values *typed, bool *good)
{
    bool oral = values_code(typed, RENEWAL_METHOD) == RECORDED_ORAL;
    unsigned months = 0;

    TRY(log_consent_months(&inputs->call->actor, inputs->call->arena, &months));
    TRY(consent_days_check(inputs, day_of(values_at(typed, RENEWAL_GIVEN_ON)), day_of(values_at(typed, RENEWAL_VALID_TO)), months,
                           good));
    if (!form->procedure->document)
        return ok();
    if (oral && values_at(typed, RENEWAL_WITNESS).length == 0)
        fault_at(inputs, RENEWAL_WITNESS, MSG_WIZARD_WITNESS_MISSING, good);
    check_paper(inputs, typed, good);
    return ok();
}

Err consent_check(const ConsentForm *form, Inputs *inputs, const Values *typed, bool *good)
{
    return form->procedure->withdraws ? check_service(inputs, typed, good) : check_renewal(form, inputs, typed, good);
}

/* The table of procedures, and the form that a row asks for.
 * Must not know what a procedure does.
 * Called by service, web and api. */
#include "domain/procedures.h"

static const Procedure procedures[PROCEDURE_COUNT] = {
#define X(name, code, ...) [PROCEDURE_##name] = {.act = ACT_##name, __VA_ARGS__},
    PROCEDURES(X)
#undef X
};

const Procedure *procedure_at(unsigned position)
{
    return position < PROCEDURE_COUNT ? &procedures[position] : NULL;
}

Err procedure_from_str(Str code, const Procedure **ret_procedure)
{
    for (unsigned i = 0; i < PROCEDURE_COUNT; i++) {
        if (!str_equal(code, str_from_c(act_code(procedures[i].act))))
            continue;
        *ret_procedure = &procedures[i];
        return ok();
    }
    return fail(E_NOT_FOUND);
}

static bool is_asked(const Procedure *procedure, const Field *field)
{
    for (size_t i = 0; i < PROCEDURE_FIELDS && procedure->fields[i] != FIELD_NONE; i++)
        if (field_at(procedure->fields[i]) == field)
            return true;
    return procedure->fields[0] == FIELD_NONE;
}

void procedure_form(const Procedure *procedure, ProcedureForm *ret_form)
{
    const Kind *kind = kind_of(procedure->asks);
    uint8_t count = 0;

    for (uint8_t i = 0; kind && i < kind->count; i++) {
        if (!is_asked(procedure, &kind->fields[i]))
            continue;
        ret_form->fields[count] = kind->fields[i];
        if (procedure->needs != FIELD_NONE && field_at(procedure->needs) == &kind->fields[i])
            ret_form->fields[count].required = true;
        count++;
    }
    if (procedure->about != KIND_NONE)
        ret_form->fields[count++] = (Field){.id = FIELD_ID_ABOUT, .name = FIELD_ABOUT, .type = FIELD_ENTRY, .required = true,
                                            .refers = (uint8_t)procedure->about};
    ret_form->kind = (Kind){.id = procedure->asks, .code = kind ? kind->code : "", .fields = ret_form->fields, .count = count};
}

Values procedure_read(const Values *read)
{
    Values values = {.kind = kind_of((unsigned)read->kind->id)};

    for (uint8_t i = 0; values.kind && i < read->kind->count; i++)
        for (uint8_t k = 0; k < values.kind->count; k++)
            if (values.kind->fields[k].id == read->kind->fields[i].id)
                values.text[k] = read->text[i];
    return values;
}

void procedure_put(const Procedure *procedure, const Values *asked, Values *values)
{
    for (size_t i = 0; i < PROCEDURE_FIELDS && procedure->fields[i] != FIELD_NONE; i++)
        values_put(values, procedure->fields[i], values_at(asked, procedure->fields[i]));
}

FieldKey procedure_too_early(const Procedure *procedure, const Values *asked, const Values *entry, Day today)
{
    Fault faults[FIELDS_MAX] = {FAULT_FINE};
    Values whole = *entry;

    procedure_put(procedure, asked, &whole);
    if (dates_check(&whole, (Written){today, true}, faults))
        return FIELD_NONE;
    for (size_t i = 0; i < PROCEDURE_FIELDS && procedure->fields[i] != FIELD_NONE; i++)
        if (faults[procedure->fields[i] & 0xFF] == FAULT_DATE_ORDER)
            return procedure->fields[i];
    return FIELD_NONE;
}

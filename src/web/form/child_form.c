/* The child's details as a form: birth date, number, protection and address looked at together.
 * Must not store anything, nor put the number that stands into a page.
 * Called by web/wizard/pages.c and entry.c. */
#include "web/form/child_form.h"

#include "domain/child.h"
#include "text/message_ids.h"
#include "web/call/answer.h"
#include "web/form/kind_form.h"

static const FieldKey all_but_number[] = {CHILD_NAME, CHILD_BIRTH_DATE, CHILD_LIVING, CHILD_ADDRESS, CHILD_PHONE, CHILD_EMAIL,
                                          CHILD_PROTECTION, CHILD_LANGUAGES, FIELD_NONE};

Err child_check(Inputs *inputs, const Values *child, bool *good)
{
    unsigned faults = child_faults(child);

    if (faults & CHILD_FAULT_BIRTH)
        TRY(kind_fault(inputs, CHILD_BIRTH_DATE, FAULT_MISSING));
    if (faults & CHILD_FAULT_ADDRESS)
        inputs_fault(inputs, "address", call_text(inputs->call, MSG_WIZARD_ADDRESS_PROTECTED));
    *good = *good && faults == 0;
    return ok();
}

/* ---- a correction ---- */

Err child_correction_inputs(Inputs *inputs, const LogView *log, const Values *start)
{
    Values shown = {0};

    if (start) {
        shown = *start;
        values_put(&shown, CHILD_NATIONAL_ID, STR_NONE);
    }
    TRY(kind_inputs_some(inputs, kind_of(KIND_CHILD), log->number_fixed ? all_but_number : NULL, NULL,
                         start ? &shown : NULL));
    for (size_t i = 0; i < inputs->count; i++)
        if (str_equal(inputs->fields[i].id, STR("national_id")) && values_at(&log->child, CHILD_NATIONAL_ID).length > 0)
            inputs->fields[i].help = call_text(inputs->call, MSG_CHILD_NUMBER_HELP);
    return ok();
}

Err child_correction_check(Inputs *inputs, const LogView *log, const Values *typed, bool *good)
{
    Values whole = *typed;

    if (values_at(&whole, CHILD_NATIONAL_ID).length == 0)
        values_put(&whole, CHILD_NATIONAL_ID, values_at(&log->child, CHILD_NATIONAL_ID));
    return child_check(inputs, &whole, good);
}

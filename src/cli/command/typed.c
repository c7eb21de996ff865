/* One field of a command or of the demo, checked as a form would check it.
 * Must not repeat what was typed: it may be a person's.
 * Called by municipality and demo. */
#include "cli/command/typed.h"

#include <stdio.h>

Err typed_take(Values *values, FieldKey key, Str typed, Arena *keep)
{
    const Field *field = field_at(key);
    Fault fault = FAULT_FINE;
    Str text = STR_NONE;

    TRY(field_check(field, typed, keep, &fault, &text));
    if (fault == FAULT_FINE) {
        values_put(values, key, text);
        return ok();
    }
    fprintf(stderr, "%s.%s: %s\n", values->kind->code, field->name, fault_key(fault));
    return fail(E_INVALID);
}

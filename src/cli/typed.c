/* One field of a command or of the demo, checked as a form would check it.
 * Must not repeat what was typed: it may be a person's.
 * Called by municipality and demo. */
#include "cli/typed.h"

#include <stdio.h>

Err typed_take(Values *values, const char *name, Str typed, Arena *keep)
{
    int at = kind_find(values->kind, str_from_c(name));
    Fault fault = FAULT_FINE;

    if (at < 0)
        return fail(E_INTERNAL);
    TRY(field_check(&values->kind->fields[at], typed, keep, &fault, &values->text[at]));
    if (fault == FAULT_FINE)
        return ok();
    fprintf(stderr, "%s.%s: %s\n", values->kind->code, name, fault_key(fault));
    return fail(E_INVALID);
}

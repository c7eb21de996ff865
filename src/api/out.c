/* The values of an entry in a document of the API.
 * Must not write a national id.
 * Called by the other files of api. */
#include "api/out.h"

void out_values(Out *out, const char *name, const Values *values)
{
    Values shown = *values;

    for (uint8_t i = 0; i < shown.kind->count; i++)
        if (shown.kind->fields[i].type == FIELD_NATIONAL_ID || shown.kind->fields[i].class == CLASS_SYSTEM)
            shown.text[i] = STR_NONE;
    values_json(out_value(out, name), &shown);
}

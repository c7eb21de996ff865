/* "application/json;charset=UTF-8" is application/json.
 * Must not take a parameter that it does not know: it might change what the body means.
 * Called by form.c and by web/form/posted.c. */
#include "gateway/content_type.h"

static bool is_utf8_parameter(Str parameter)
{
    Str name = STR_NONE;
    Str value = str_cut(parameter, '=', &name);

    if (value.length >= 2 && str_starts(value, STR("\"")) && str_ends(value, STR("\"")))
        value = str_slice(value, 1, value.length - 1);
    return str_same_letters(name, STR("charset")) && str_same_letters(value, STR("utf-8"));
}

bool content_type_is(Str header, Str type)
{
    Str name = STR_NONE;
    Str rest = str_cut(header, ';', &name);

    if (!str_same_letters(str_trim(name), type))
        return false;
    while (rest.length > 0) {
        Str parameter = STR_NONE;
        rest = str_cut(rest, ';', &parameter);
        parameter = str_trim(parameter);
        if (parameter.length > 0 && !is_utf8_parameter(parameter))
            return false;
    }
    return true;
}

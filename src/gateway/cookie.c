/* Cookie header: pairs joined by "; ", every one well-formed, or none is believed.
 * Must not unquote or decode.
 * Called by web/call/cookie.c. */
#include "gateway/cookie.h"

/* cookie-octet of RFC 6265 without its quotes. */
static bool is_value_char(char c)
{
    return c > ' ' && c <= '~' && c != '"' && c != ',' && c != ';' && c != '\\';
}

static bool is_name_char(char c)
{
    Str separators = STR("()<>@,;:\\\"/[]?={}");

    return c > ' ' && c <= '~' && str_find(separators, c, 0) == separators.length;
}

static bool are_all(Str text, bool (*is_allowed)(char c))
{
    for (size_t i = 0; i < text.length; i++)
        if (!is_allowed(text.data[i]))
            return false;
    return true;
}

/* The next pair; false when it is malformed. *ret_rest is what follows the separator. */
static bool next_pair(Str header, Str *ret_name, Str *ret_value, Str *ret_rest)
{
    size_t end = str_find(header, ';', 0);
    Str pair = str_slice(header, 0, end);
    size_t equals = str_find(pair, '=', 0);

    *ret_name = str_slice(pair, 0, equals);
    *ret_value = str_slice(pair, equals + 1, pair.length);
    *ret_rest = str_slice(header, end + 2, header.length);
    if (equals == pair.length || ret_name->length == 0)
        return false;
    /* A separator is followed by a space and another pair. */
    if (end < header.length && (ret_rest->length == 0 || header.data[end + 1] != ' '))
        return false;
    return are_all(*ret_name, is_name_char) && are_all(*ret_value, is_value_char);
}

Str cookie_find(Str header, Str name)
{
    Str found = STR_NONE;
    size_t times = 0;

    while (header.length > 0) {
        Str pair_name = STR_NONE;
        Str value = STR_NONE;
        Str rest = STR_NONE;
        if (!next_pair(header, &pair_name, &value, &rest))
            return STR_NONE;
        if (str_equal(pair_name, name)) {
            found = value;
            times++;
        }
        header = rest;
    }
    return times == 1 ? found : STR_NONE;
}

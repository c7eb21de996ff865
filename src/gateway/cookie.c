/* Cookie header: pairs between semicolons. Ours is read strictly; those of others, which come along, are skipped whatever they hold.
 * Must not unquote or decode.
 * Called by web/call/cookie.c. */
#include "gateway/cookie.h"

/* cookie-octet of RFC 6265 without its quotes. */
static bool is_value_char(char c)
{
    return c > ' ' && c <= '~' && c != '"' && c != ',' && c != ';' && c != '\\';
}

static bool is_value(Str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!is_value_char(text.data[i]))
            return false;
    return true;
}

Str cookie_find(Str header, Str name)
{
    Str found = STR_NONE;
    size_t times = 0;

    while (header.length > 0) {
        Str pair = STR_NONE;
        Str pair_name = STR_NONE;
        header = str_cut(header, ';', &pair);
        Str value = str_cut(str_trim(pair), '=', &pair_name);
        if (!str_equal(pair_name, name))
            continue;
        times++;
        found = is_value(value) ? value : STR_NONE;
    }
    return times == 1 ? found : STR_NONE;
}

/* Addresses of a log and of what stands in it, and its number.
 * Must not know what is shown there.
 * Called by the handlers. */
#include "web/call/address.h"

#include "html/html.h"

/* Without a format: a page of a log has dozens of these. */
static Err joined(const Call *call, const Str *parts, size_t count, Url *ret_url)
{
    return str_join(call->arena, parts, count, &ret_url->text);
}

Err log_url(const Call *call, Id log, const char *suffix, Url *ret_url)
{
    char log_text[ID_TEXT + 1];

    id_to_text(log, log_text);
    const Str parts[] = {STR("/logg/"), str_from_bytes(log_text, ID_TEXT), str_from_c(suffix)};
    return joined(call, parts, COUNT_OF(parts), ret_url);
}

Err log_entry_url(const Call *call, Id log, const char *what, Id entry, Url *ret_url)
{
    char log_text[ID_TEXT + 1], entry_text[ID_TEXT + 1];

    id_to_text(log, log_text);
    id_to_text(entry, entry_text);
    const Str parts[] = {STR("/logg/"), str_from_bytes(log_text, ID_TEXT), STR("/"), str_from_c(what), STR("/"),
                         str_from_bytes(entry_text, ID_TEXT)};
    return joined(call, parts, COUNT_OF(parts), ret_url);
}

Err act_url(const Call *call, Id log, Id entry, const char *act, Url *ret_url)
{
    char log_text[ID_TEXT + 1], entry_text[ID_TEXT + 1];
    const bool whole = id_is_none(entry);

    id_to_text(log, log_text);
    id_to_text(entry, entry_text);
    const Str parts[] = {STR("/logg/"), str_from_bytes(log_text, ID_TEXT), STR("/handling/"),
                         whole ? STR_NONE : str_from_bytes(entry_text, ID_TEXT), whole ? STR_NONE : STR("/"), str_from_c(act)};
    return joined(call, parts, COUNT_OF(parts), ret_url);
}

/* Addresses of a log and of what stands in it.
 * Must not know what is shown there.
 * Called by the handlers. */
#include "web/call/address.h"

#include "html/html.h"

Err log_url(const Call *call, Id log, const char *suffix, Url *ret_url)
{
    char id[ID_TEXT + 1];

    id_to_text(log, id);
    return url_format(call->arena, ret_url, "/logg/%s%s", id, suffix);
}

Err log_entry_url(const Call *call, Id log, const char *what, Id entry, Url *ret_url)
{
    char log_text[ID_TEXT + 1];
    char entry_text[ID_TEXT + 1];

    id_to_text(log, log_text);
    id_to_text(entry, entry_text);
    return url_format(call->arena, ret_url, "/logg/%s/%s/%s", log_text, what, entry_text);
}

Err act_url(const Call *call, Id log, Id entry, const char *act, Url *ret_url)
{
    char log_text[ID_TEXT + 1];
    char entry_text[ID_TEXT + 1];

    id_to_text(log, log_text);
    id_to_text(entry, entry_text);
    if (id_is_none(entry))
        return url_format(call->arena, ret_url, "/logg/%s/handling/%s", log_text, act);
    return url_format(call->arena, ret_url, "/logg/%s/handling/%s/%s", log_text, entry_text, act);
}

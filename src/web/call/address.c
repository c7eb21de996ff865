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

/* Without a format: a page of a log has dozens of these. */
Err log_entry_url(const Call *call, Id log, const char *what, Id entry, Url *ret_url)
{
    Buf url = buf_new(call->arena, 512);

    buf_add(&url, STR("/logg/"));
    buf_add_id(&url, log);
    buf_add_char(&url, '/');
    buf_add(&url, str_from_c(what));
    buf_add_char(&url, '/');
    buf_add_id(&url, entry);
    return buf_done(&url, &ret_url->text);
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

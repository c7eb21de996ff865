/* The way of a draft between form and service.
 * Must not use up the form's token: the form itself is still to be sent.
 * Called by entry.c, page.c and through the table of routes. */
#include "web/log/draft.h"

#include <string.h>

#include "html/html.h"
#include "text/text.h"
#include "web/call/answer.h"
#include "web/call/cookie.h"
#include "web/form/posted.h"
#include "web/form/typed.h"

/* What is no part of a draft; a number that shall replace another is typed again. */
static const char *const ours[] = {"form_token", "national_id", NULL};

static Err note_of(const Call *call, int64_t at, Str *ret_note)
{
    const MsgArgument argument = {.name = STR("time"), .type = ARGUMENT_MOMENT, .number = at};
    Buf text = buf_new(call->arena, 256);

    msg_write(&text, call->language, MSG_DRAFT_BROUGHT, &argument, 1);
    return buf_done(&text, ret_note);
}

Err draft_bring(Call *call, const LogView *log, const DraftOf *of, Str *ret_note)
{
    Typed typed = {0};
    Str text = STR_NONE;
    int64_t at = 0;

    if (!log->has_drafts || !log_may(log, ACT_DRAFT))
        return ok();
    TRY(log_draft_find(&(LogReader){call->service, &call->actor, call->arena}, of, &text, &at));
    if (text.length == 0 || !is_ok(typed_decode(text, &typed)))
        return ok();
    TRY(typed_form(&typed, 0, call->arena, &call->form));
    return note_of(call, at, ret_note);
}

Err draft_url(const Call *call, const LogView *log, const DraftOf *of, Url *ret_url)
{
    char log_id[ID_TEXT + 1], entry[ID_TEXT + 1];

    if (!log_may(log, ACT_DRAFT))
        return ok();
    id_to_text(of->log, log_id);
    id_to_text(of->entry, entry);
    if (id_is_none(of->entry))
        return url_format(call->arena, ret_url, "/logg/%s/utkast/%s", log_id, kind_of(of->kind)->code);
    return url_format(call->arena, ret_url, "/logg/%s/utkast/%s/%s", log_id, entry, kind_of(of->kind)->code);
}

/* What app.js sends while somebody types. */
Err draft_send(Call *call)
{
    const Kind *kind = NULL;
    Typed typed = {0};
    Buf bytes = buf_new(call->arena, LOG_DRAFT_MAX);
    Str text = STR_NONE;

    call->response->status = 204;
    /* A draft that was on its way while its form was sent comes too late. */
    if (posted_before(call))
        return ok();
    TRY(kind_from_str(call->word, &kind));
    TRY(typed_put(&typed, 0, &call->form, ours));
    typed_encode(&bytes, &typed);
    TRY(buf_done(&bytes, &text));
    const DraftOf of = {.log = call->ids[0], .kind = kind->id, .entry = call->ids[1]};
    return log_draft_keep(call->service, &call->actor, &of, text, call->arena);
}

/* ---- after idle time ---- */

static bool is_form_of_log(const Call *call)
{
    return call->request->method == METHOD_POST && call->route && call->route->entry_fields &&
           str_starts(call->request->path, STR("/logg/"));
}

static Err keep_idle(Call *call)
{
    SessionToken token = {0};
    IdleActor idle = {0};
    Id tenant = {0};

    if (!cookie_read(call->request, call->arena, &tenant, &token))
        return fail(E_NO_SESSION);
    TRY(session_resume_idle(call->service, tenant, &token, &idle));
    memcpy(call->form_secret, idle.actor.form_secret, sizeof call->form_secret);
    TRY(posted_read(call));
    idle.actor.form = call->actor.form;
    idle.actor.has_form = true;
    call->actor = idle.actor;
    return draft_send(call);
}

bool draft_after_idle(Call *call)
{
    Actor nobody = call->actor;

    if (!is_form_of_log(call))
        return false;
    bool kept = is_ok(keep_idle(call));
    call->actor = nobody;
    return kept;
}

uint32_t draft_version(const Call *call, uint32_t newest)
{
    int64_t version = 0;

    return is_ok(num_parse(call_field(call, "version"), 1, newest, &version)) ? (uint32_t)version : newest;
}

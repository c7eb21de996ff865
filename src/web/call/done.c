/* The sentence with which an act ends: kept for the page that the answer leads to, and shown there once.
 * Must not keep a person's words: what was done is a word of ours, where it was done an id.
 * Called by the handlers of all acts, and by the layout. */
#include "web/call/done.h"

#include "service/session/memory.h"
#include "text/text.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"

#define WAITING_ROOM ((size_t)128)
#define ANCHOR "#gjort"

static OnceKey waiting(const Call *call)
{
    return (OnceKey){.session = &call->actor.session, .use = ONCE_DONE};
}

/* A line each: what, and the entry. */
static Err keep(const Call *call, const char *what, Id entry)
{
    Buf buf = buf_new(call->arena, WAITING_ROOM);
    Str text = STR_NONE;

    buf_add(&buf, str_from_c(what));
    buf_add_char(&buf, '\n');
    buf_add_id(&buf, entry);
    TRY(buf_done(&buf, &text));
    return sessions_once_put(call->service->sessions, waiting(call), text, call->actor.now);
}

static Err place_of(Call *call, Str page, Str *ret_location)
{
    return str_format(call->arena, ret_location, "%.*s" ANCHOR, STR_ARGS(page));
}

Err done_leads_to(Call *call, Str page)
{
    TRY(place_of(call, page, &call->actor.answer.location));
    call->actor.answer.status = 303;
    return ok();
}

Err done_leads_in_log(Call *call, const char *suffix)
{
    Url url;

    TRY(log_url(call, call->ids[0], suffix, &url));
    return done_leads_to(call, url.text);
}

Err done_redirect(Call *call, const char *what, Id entry, Str page)
{
    Str location = STR_NONE;

    TRY(place_of(call, page, &location));
    /* Done is done: a sentence that cannot wait is left out. */
    if (!is_ok(keep(call, what, entry)))
        return call_redirect(call, page);
    return call_redirect(call, location);
}

Err done_in_log(Call *call, const char *what, Id entry, const char *suffix)
{
    Url url;

    TRY(log_url(call, call->ids[0], suffix, &url));
    return done_redirect(call, what, entry, url.text);
}

static Err sentence(const Call *call, Str what, Str *ret_text)
{
    Buf clock = buf_new(call->arena, WAITING_ROOM), words = buf_new(call->arena, 1024);
    Str key = STR_NONE, time = STR_NONE;

    TRY(str_format(call->arena, &key, "done.%.*s", STR_ARGS(what)));
    text_clock(&clock, call->language, (Moment){call->actor.now});
    TRY(buf_done(&clock, &time));
    const MsgArgument arguments[] = {{.name = STR("what"), .type = ARGUMENT_TEXT, .text = msg_by_key(call->language, key)},
                                     {.name = STR("time"), .type = ARGUMENT_TEXT, .text = time}};
    msg_write(&words, call->language, MSG_DONE_AT, arguments, COUNT_OF(arguments));
    return buf_done(&words, ret_text);
}

static Err bring(Call *call)
{
    Str text = STR_NONE, what = STR_NONE, words = STR_NONE;
    Id entry;

    TRY(sessions_once_take(call->service->sessions, waiting(call), call->actor.now, call->arena, &text));
    if (text.length == 0)
        return ok();
    text = str_cut(text, '\n', &what);
    TRY(id_from_text(text, &entry));
    TRY(sentence(call, what, &words));
    call->done = (Done){.text = words, .entry = entry};
    return ok();
}

/* A page is no worse for a sentence that is missing. */
void done_bring(Call *call)
{
    if (!call->signed_in || call->request->method == METHOD_POST || !is_ok(bring(call)))
        return;
}

Str done_place(Call *call, Id entry)
{
    if (call->done.text.length == 0 || !id_equal(call->done.entry, entry))
        return STR_NONE;
    call->done.placed = true;
    return call->done.text;
}

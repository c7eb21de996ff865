/* Small translations from values to words.
 * Must not look at a request beyond its language and its time.
 * Called by the handlers. */
#include "web/call/words.h"

#include "domain/clocks.h"
#include "domain/codes.h"
#include "domain/roles.h"
#include "pages/views.h"

/* The text of "prefix.code"; a page of a log asks for a hundred of them. */
static Err find_word(const Call *call, Str prefix, Str code, Str *ret_text)
{
    Buf buf = buf_new(call->arena, prefix.length + 1 + code.length);
    Str key = STR_NONE;

    buf_add(&buf, prefix);
    buf_add_char(&buf, '.');
    buf_add(&buf, code);
    TRY(buf_done(&buf, &key));
    *ret_text = msg_by_key(call->language, key);
    return ok();
}

Err word_of(const Call *call, const char *prefix, const char *code, Str *ret_text)
{
    return find_word(call, str_from_c(prefix), str_from_c(code), ret_text);
}

Err code_word(const Call *call, CodeList list, Str code, Str *ret_text)
{
    *ret_text = STR_NONE;
    return code.length > 0 ? find_word(call, str_from_c(codes_of(list).key), code, ret_text) : ok();
}

Err words_listed(const Call *call, const Str *names, uint32_t count, Str *ret_text)
{
    size_t room = 1;

    for (uint32_t i = 0; i < count; i++)
        room += names[i].length + 2;
    Buf text = buf_new(call->arena, room);
    for (uint32_t i = 0; i < count; i++) {
        buf_add(&text, text.length > 0 && names[i].length > 0 ? STR(", ") : STR_NONE);
        buf_add(&text, names[i]);
    }
    return buf_done(&text, ret_text);
}

Err role_words(const Call *call, Role role, Str unit_name, Str *ret_text)
{
    Str name = STR_NONE;

    TRY(word_of(call, "role", role_code(role), &name));
    if (unit_name.length == 0) {
        *ret_text = name;
        return ok();
    }
    return str_format(call->arena, ret_text, "%.*s, %.*s", STR_ARGS(name), STR_ARGS(unit_name));
}

Err message_of(const Call *call, enum msg id, const MsgArgument *arguments, size_t count, Str *ret_text)
{
    Buf words = buf_new(call->arena, 16384);

    msg_write(&words, call->language, id, arguments, count);
    return buf_done(&words, ret_text);
}

Err message_with(const Call *call, enum msg id, const char *name, Str text, Str *ret_text)
{
    const MsgArgument argument = {.name = str_from_c(name), .type = ARGUMENT_TEXT, .text = text};

    return message_of(call, id, &argument, 1, ret_text);
}

/* ---- time ---- */

Day day_of(Str iso)
{
    Day day = 0;

    return is_ok(day_parse(iso, &day)) ? day : 0;
}

Moment moment_of(Str iso)
{
    unsigned minute = 0;
    Day day = 0;

    if (!is_ok(datetime_parse(iso, &day, &minute)))
        return (Moment){0};
    /* The minute with which the times of the system begin is one like any other: a millisecond more, and it is not "none". */
    int64_t at = oslo_time(day, minute);
    return (Moment){at == 0 ? 1 : at};
}

DueView due_view(const Call *call, Day day)
{
    Day today = oslo_day(call->actor.now);
    DueView view = {.day = day, .urgency = DUE_NORMAL};

    if (day <= 0)
        return (DueView){0};
    if (today >= clock_day(CLOCK_DEADLINE_OVER, day, NULL)) {
        view.urgency = DUE_LATE;
        view.days = today - day;
    } else if (today >= clock_day(CLOCK_DEADLINE_SOON, day, NULL)) {
        view.urgency = DUE_SOON;
        view.days = day - today;
    }
    return view;
}

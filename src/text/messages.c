/* Look-up and filling-in of messages.
 * Must not hold texts: they are in the generated table.
 * Called by pages and web. */
#include "text/messages.h"

#include "text/dates.h"
#include "text/message_table.h"

static const char *const tags[LANGUAGE_COUNT] = {
    [LANGUAGE_NB] = "nb",
    [LANGUAGE_NN] = "nn",
    [LANGUAGE_EN] = "en",
};

Str language_tag(enum language language)
{
    return str_from_c(tags[language]);
}

Err language_from_tag(Str tag, enum language *ret_language)
{
    for (unsigned i = 0; i < LANGUAGE_COUNT; i++)
        if (str_equal(tag, str_from_c(tags[i]))) {
            *ret_language = (enum language)i;
            return ok();
        }
    return fail(E_MALFORMED);
}

Str msg(enum language language, enum msg id)
{
    return message_texts[language][id];
}

Str msg_key(enum msg id)
{
    return message_keys[id];
}

/* The table is sorted by key. */
bool msg_find(Str key, enum msg *ret_id)
{
    size_t low = 0;
    size_t high = MSG_COUNT;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(message_keys[middle], key);
        if (order == 0) {
            *ret_id = (enum msg)middle;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

Str msg_by_key(enum language language, Str key)
{
    enum msg id;

    return msg_find(key, &id) ? msg(language, id) : key;
}

static void write_argument(Buf *buf, enum language language, const MsgArgument *argument)
{
    switch (argument->type) {
    case ARGUMENT_TEXT:
        buf_add(buf, argument->text);
        return;
    case ARGUMENT_NUMBER:
        buf_add_i64(buf, argument->number);
        return;
    case ARGUMENT_DAY:
        text_day(buf, language, (Day)argument->number);
        return;
    case ARGUMENT_MOMENT:
        text_moment(buf, language, (Moment){argument->number});
        return;
    }
}

/* One placeholder: "name" or "name|one|many". */
static void write_placeholder(Buf *buf, enum language language, Str inside, const MsgArgument *arguments, size_t count)
{
    Str name;
    Str words = str_cut(inside, '|', &name);

    for (size_t i = 0; i < count; i++) {
        if (!str_equal(arguments[i].name, name))
            continue;
        if (words.length == 0) {
            write_argument(buf, language, &arguments[i]);
            return;
        }
        Str one;
        Str many = str_cut(words, '|', &one);
        buf_add(buf, arguments[i].number == 1 ? one : many);
        return;
    }
}

void msg_write(Buf *buf, enum language language, enum msg id, const MsgArgument *arguments, size_t count)
{
    Str rest = msg(language, id);

    while (rest.length > 0) {
        size_t open = str_find(rest, '{', 0);
        size_t close = str_find(rest, '}', open);

        buf_add(buf, str_slice(rest, 0, open));
        if (open == rest.length)
            return;
        write_placeholder(buf, language, str_slice(rest, open + 1, close), arguments, count);
        rest = str_slice(rest, close + 1, rest.length);
    }
}

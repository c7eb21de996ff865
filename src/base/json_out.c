/* The writer of JSON: structure here, strings in json.h.
 * Must not know what a document is about.
 * Called by api and report. */
#include "base/json_out.h"

#include "base/json.h"

#define MS_A_DAY INT64_C(86400000)

Out out_new(Arena *keep, size_t maximum)
{
    return (Out){.buf = buf_new(keep, maximum)};
}

static void new_line(Out *out)
{
    buf_add_char(&out->buf, '\n');
    for (unsigned i = 0; i < out->depth; i++)
        buf_add(&out->buf, STR("  "));
}

static char last_byte(const Out *out)
{
    return out->buf.length > 0 && !out->buf.overflow ? out->buf.data[out->buf.length - 1] : '\0';
}

/* What stands before a value: a comma unless it is the first, and its name. */
static void before(Out *out, const char *name)
{
    char last = last_byte(out);

    if (last != '\0' && last != '{' && last != '[')
        buf_add_char(&out->buf, ',');
    if (out->indented && last != '\0')
        new_line(out);
    if (!name)
        return;
    buf_add_json(&out->buf, str_from_c(name));
    buf_add(&out->buf, out->indented ? STR(": ") : STR(":"));
}

Buf *out_value(Out *out, const char *name)
{
    before(out, name);
    return &out->buf;
}

void out_begin(Out *out, const char *name, char bracket)
{
    before(out, name);
    buf_add_char(&out->buf, bracket);
    out->depth++;
}

void out_end(Out *out, char bracket)
{
    char last = last_byte(out);

    out->depth--;
    if (out->indented && last != '{' && last != '[')
        new_line(out);
    buf_add_char(&out->buf, bracket);
}

void out_text(Out *out, const char *name, Str text)
{
    before(out, name);
    buf_add_json(&out->buf, text);
}

void out_number(Out *out, const char *name, int64_t number)
{
    before(out, name);
    buf_add_i64(&out->buf, number);
}

void out_yes_no(Out *out, const char *name, bool yes)
{
    before(out, name);
    buf_add(&out->buf, yes ? STR("true") : STR("false"));
}

void out_id(Out *out, const char *name, Id id)
{
    char text[ID_TEXT + 1];

    id_to_text(id, text);
    out_text(out, name, str_from_c(text));
}

void out_day(Out *out, const char *name, Day day)
{
    before(out, name);
    buf_add_char(&out->buf, '"');
    buf_add_day(&out->buf, day);
    buf_add_char(&out->buf, '"');
}

void out_moment(Out *out, const char *name, int64_t ms)
{
    int64_t day = ms / MS_A_DAY - (ms % MS_A_DAY < 0);
    unsigned second = (unsigned)((ms - day * MS_A_DAY) / 1000);

    before(out, name);
    buf_add_char(&out->buf, '"');
    buf_add_datetime(&out->buf, DAY_1970 + (Day)day, second / 60);
    buf_format(&out->buf, ":%02uZ\"", second % 60);
}

void out_text_if(Out *out, const char *name, Str text)
{
    if (text.length > 0)
        out_text(out, name, text);
}

void out_moment_if(Out *out, const char *name, int64_t ms)
{
    if (ms != 0)
        out_moment(out, name, ms);
}

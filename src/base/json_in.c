/* The reader of JSON (RFC 8259), piece by piece: what comes next is asked for by whoever knows what may come.
 * Must not repair, and must not read past the bytes it was given.
 * Called by api and report. */
#include "base/json_in.h"

char json_next(JsonIn *in)
{
    while (in->at < in->text.length && str_find(STR(" \t\r\n"), in->text.data[in->at], 0) < 4)
        in->at++;
    return in->at < in->text.length ? in->text.data[in->at] : '\0';
}

bool json_comes(JsonIn *in, char c)
{
    if (json_next(in) != c)
        return false;
    in->at++;
    return true;
}

Err json_expect(JsonIn *in, char c)
{
    return json_comes(in, c) ? ok() : fail(E_MALFORMED);
}

/* Four hexadecimal digits at *at. */
static Err read_unit(Str text, size_t *at, uint32_t *ret_unit)
{
    uint32_t unit = 0;

    for (int i = 0; i < 4; i++) {
        int digit = *at < text.length ? hex_digit(text.data[(*at)++]) : -1;
        if (digit < 0)
            return fail(E_MALFORMED);
        unit = unit << 4 | (uint32_t)digit;
    }
    *ret_unit = unit;
    return ok();
}

/* What \u names: one unit, or a pair of surrogates; one alone is no character. */
static Err read_point(Str text, size_t *at, uint32_t *ret_point)
{
    uint32_t high = 0, low = 0;

    TRY(read_unit(text, at, &high));
    if (high == 0)
        return fail(E_BAD_UTF8);
    *ret_point = high;
    if (high < 0xD800 || high > 0xDFFF)
        return ok();
    if (high > 0xDBFF || !str_starts(str_slice(text, *at, SIZE_MAX), STR("\\u")))
        return fail(E_MALFORMED);
    *at += 2;
    TRY(read_unit(text, at, &low));
    if (low < 0xDC00 || low > 0xDFFF)
        return fail(E_MALFORMED);
    *ret_point = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    return ok();
}

/* What stands after a backslash. */
static Err read_escape(Str text, size_t *at, Buf *out)
{
    static const Str from = STR("\"\\/bfnrt"), to = STR("\"\\/\b\f\n\r\t");
    char c = *at < text.length ? text.data[(*at)++] : '\0';
    size_t place = str_find(from, c, 0);
    uint32_t point = 0;

    if (place < from.length) {
        buf_add_char(out, to.data[place]);
        return ok();
    }
    if (c != 'u')
        return fail(E_MALFORMED);
    TRY(read_point(text, at, &point));
    buf_add_utf8(out, point);
    return ok();
}

/* Where the string that begins at `at` ends: its closing quotation mark. */
static size_t end_of_string(Str text, size_t at)
{
    while (at < text.length && text.data[at] != '"')
        at += text.data[at] == '\\' ? 2 : 1;
    return at < text.length ? at : text.length;
}

Err json_text(JsonIn *in, Str *ret_text)
{
    TRY(json_expect(in, '"'));
    size_t end = end_of_string(in->text, in->at), at = 0;
    Str text = str_slice(in->text, in->at, end);
    Buf out = buf_new(in->keep, text.length);

    if (end == in->text.length)
        return fail(E_MALFORMED);
    while (at < text.length) {
        char c = text.data[at++];
        if ((unsigned char)c < ' ')
            return fail(E_MALFORMED);
        if (c == '\\')
            TRY(read_escape(text, &at, &out));
        else
            buf_add_char(&out, c);
    }
    in->at = end + 1;
    return buf_done(&out, ret_text);
}

/* The digits of a number are at most as many as a double holds exactly. */
#define NUMBER_MAX (INT64_C(1) << 53)

Err json_number(JsonIn *in, int64_t *ret_number)
{
    (void)json_next(in);
    size_t from = in->at;

    while (in->at < in->text.length && str_find(STR("-0123456789"), in->text.data[in->at], 0) < 11)
        in->at++;
    return num_parse(str_slice(in->text, from, in->at), -NUMBER_MAX, NUMBER_MAX, ret_number);
}

static bool word_comes(JsonIn *in, Str word)
{
    (void)json_next(in);
    if (!str_starts(str_slice(in->text, in->at, SIZE_MAX), word))
        return false;
    in->at += word.length;
    return true;
}

Err json_yes_no(JsonIn *in, bool *ret_yes)
{
    bool yes = word_comes(in, STR("true"));

    if (!yes && !word_comes(in, STR("false")))
        return fail(E_MALFORMED);
    *ret_yes = yes;
    return ok();
}

bool json_null(JsonIn *in)
{
    return word_comes(in, STR("null"));
}

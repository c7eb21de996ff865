/* Escaping of text, addresses and ids into a page.
 * Must not write a byte from outside that could end the place it stands in.
 * Called by generated page functions. */
#include "html/html.h"

#include <stdarg.h>
#include <stdio.h>

/* What stands instead of a byte that text may not hold. */
static const Str replacement = {.data = "\xEF\xBF\xBD", .length = 3};

static const Str references[128] = {
    ['&'] = {.data = "&amp;", .length = 5},
    ['<'] = {.data = "&lt;", .length = 4},
    ['>'] = {.data = "&gt;", .length = 4},
    ['"'] = {.data = "&quot;", .length = 6},
    ['\''] = {.data = "&#39;", .length = 5},
    /* A carriage return would be read as a line feed anyway; written so, it survives in a value. */
    ['\r'] = {.data = "&#13;", .length = 5},
};

/* The schemes that may leave the site; what each opens is named by the browser before it opens. */
static const Str schemes[] = {
    {.data = "https://", .length = 8},
    {.data = "tel:", .length = 4},
    {.data = "mailto:", .length = 7},
    {.data = "otpauth://", .length = 10},
};

Html html_new(Arena *arena, size_t maximum)
{
    return (Html){.bytes = buf_new(arena, maximum)};
}

Err html_done(const Html *html, Str *ret_page)
{
    return buf_done(&html->bytes, ret_page);
}

void html_raw(Html *html, Str markup)
{
    buf_add(&html->bytes, markup);
}

void html_markup(Html *html, Markup markup)
{
    buf_add(&html->bytes, markup.text);
}

/* Length of the well-formed UTF-8 sequence at the start of text, or 0. */
static size_t sequence_length(Str text)
{
    unsigned char lead = (unsigned char)text.data[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

    if (length > text.length || !utf8_valid(str_slice(text, 0, length)))
        return 0;
    return length;
}

/* What must stand instead of the character at the start of text; empty when it may stand as it is. */
static Str instead_of(Str text, size_t length)
{
    unsigned char c = (unsigned char)text.data[0];

    if (length == 0)
        return replacement;
    if (c < 128 && references[c].length > 0)
        return references[c];
    if ((c < 32 && c != '\t' && c != '\n') || c == 127)
        return replacement;
    return STR_NONE;
}

/* The bytes of ASCII that stand as they are: what is printed and has no reference. Every byte of a page's text asks here. */
static const bool plain[256] = {
    /*        !  "  #  $  %  &  '  (  )  *  +  ,  -  .  / */
    [0x20] = 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1,
    [0x30] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1,
    [0x40] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    [0x50] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    [0x60] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    [0x70] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
};

/* How many bytes at `at` stand as they are without a closer look: plain ASCII, and the letters beyond it that take two bytes
 * (Norwegian ones do). 0: look closer. */
static size_t plain_bytes(Str text, size_t at)
{
    unsigned char byte = (unsigned char)text.data[at];

    if (byte < 0x80)
        return plain[byte];
    return byte >= 0xC2 && byte <= 0xDF && at + 1 < text.length && (text.data[at + 1] & 0xC0) == 0x80 ? 2 : 0;
}

static bool four_plain(const char *at)
{
    return plain[(unsigned char)at[0]] & plain[(unsigned char)at[1]] & plain[(unsigned char)at[2]] & plain[(unsigned char)at[3]];
}

void html_text(Html *html, Str text)
{
    size_t written = 0;
    size_t at = 0;

    for (;;) {
        while (at + 4 <= text.length && four_plain(text.data + at))
            at += 4;
        while (at < text.length && plain[(unsigned char)text.data[at]])
            at++;
        if (at == text.length)
            break;
        size_t step_over = plain_bytes(text, at);
        if (step_over > 0) {
            at += step_over;
            continue;
        }
        Str rest = str_slice(text, at, text.length);
        size_t length = sequence_length(rest);
        Str other = instead_of(rest, length);
        size_t step = length > 0 ? length : 1;

        if (other.length > 0) {
            buf_add(&html->bytes, str_slice(text, written, at));
            buf_add(&html->bytes, other);
            written = at + step;
        }
        at += step;
    }
    buf_add(&html->bytes, str_slice(text, written, text.length));
}

void html_number(Html *html, int64_t number)
{
    buf_add_i64(&html->bytes, number);
}

void html_id(Html *html, Id id)
{
    buf_add_id(&html->bytes, id);
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

void html_path_segment(Html *html, Str text)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (is_unreserved((char)c)) {
            buf_add_char(&html->bytes, (char)c);
            continue;
        }
        buf_add_char(&html->bytes, '%');
        buf_add_char(&html->bytes, digits[c >> 4]);
        buf_add_char(&html->bytes, digits[c & 15]);
    }
}

/* Browsers drop tabs and line feeds from addresses and read "\" as "/"; none of them has business in ours. */
static bool has_only_visible_characters(Str text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c <= ' ' || c == '\\' || c >= 127)
            return false;
    }
    return true;
}

bool url_is_allowed(Url url)
{
    Str text = url.text;

    if (text.length == 0 || !has_only_visible_characters(text))
        return false;
    if (text.data[0] == '/')
        return text.length == 1 || text.data[1] != '/';
    if (text.data[0] == '?' || text.data[0] == '#')
        return true;
    for (size_t i = 0; i < COUNT_OF(schemes); i++)
        if (str_starts(text, schemes[i]))
            return true;
    return false;
}

void html_url(Html *html, Url url)
{
    html_text(html, url_is_allowed(url) ? url.text : STR("#"));
}

Err url_format(Arena *keep, Url *ret_url, const char *format, ...)
{
    char text[512];
    va_list arguments;
    Str copy;

    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof text)
        return fail(E_TOO_LARGE);
    TRY(str_copy(keep, str_from_bytes(text, (size_t)length), &copy));
    *ret_url = (Url){copy};
    return ok();
}

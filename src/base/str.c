/* Text: views, copies, UTF-8, checked numbers.
 * Must not depend on the locale.
 * Called from everywhere. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

Str str_from_c(const char *text)
{
    return text ? (Str){.data = text, .length = strlen(text)} : STR_NONE;
}

Str str_from_bytes(const void *bytes, size_t length)
{
    return (Str){.data = bytes, .length = length};
}

bool str_equal(Str a, Str b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

bool str_same_letters(Str a, Str b)
{
    return a.length == b.length && (a.length == 0 || strncasecmp(a.data, b.data, a.length) == 0);
}

int str_compare(Str a, Str b)
{
    size_t shared = a.length < b.length ? a.length : b.length;
    int order = shared ? memcmp(a.data, b.data, shared) : 0;
    if (order)
        return order < 0 ? -1 : 1;
    return (a.length > b.length) - (a.length < b.length);
}

bool str_starts(Str text, Str prefix)
{
    return text.length >= prefix.length && str_equal(str_slice(text, 0, prefix.length), prefix);
}

bool str_ends(Str text, Str suffix)
{
    return text.length >= suffix.length && str_equal(str_slice(text, text.length - suffix.length, text.length), suffix);
}

size_t str_find(Str text, char c, size_t from)
{
    for (size_t i = from; i < text.length; i++)
        if (text.data[i] == c)
            return i;
    return text.length;
}

Str str_slice(Str text, size_t from, size_t to)
{
    if (to > text.length)
        to = text.length;
    if (from >= to)
        return STR_NONE;
    return (Str){.data = text.data + from, .length = to - from};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

Str str_trim(Str text)
{
    size_t from = 0;
    size_t to = text.length;
    while (from < to && is_space(text.data[from]))
        from++;
    while (to > from && is_space(text.data[to - 1]))
        to--;
    return str_slice(text, from, to);
}

Str str_cut(Str text, char c, Str *ret_head)
{
    size_t at = str_find(text, c, 0);
    *ret_head = str_slice(text, 0, at);
    return str_slice(text, at + 1, text.length);
}

Err str_copy(Arena *keep, Str text, Str *ret_copy)
{
    return str_join(keep, &text, 1, ret_copy);
}

Err str_to_c(Arena *keep, Str text, char **ret_text)
{
    if (text.length && memchr(text.data, 0, text.length))
        return fail(E_BAD_UTF8);
    char *copy = NULL;
    TRY(ARENA_NEW(keep, char, text.length + 1, &copy));
    if (text.length)
        memcpy(copy, text.data, text.length);
    *ret_text = copy;
    return ok();
}

Err str_join(Arena *keep, const Str *parts, size_t count, Str *ret_text)
{
    char *text = NULL;
    size_t length = 0, at = 0;

    for (size_t i = 0; i < count; i++)
        length += parts[i].length;
    TRY(arena_alloc_bytes(keep, length + 1, &text));
    for (size_t i = 0; i < count; i++) {
        if (parts[i].length > 0)
            memcpy(text + at, parts[i].data, parts[i].length);
        at += parts[i].length;
    }
    text[length] = '\0';
    *ret_text = (Str){.data = text, .length = length};
    return ok();
}

Err str_format(Arena *keep, Str *ret_text, const char *format, ...)
{
    char *text = NULL;
    char shortly[128];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(shortly, sizeof shortly, format, args);
    va_end(args);
    if (length < 0)
        return fail(E_INTERNAL);
    /* Nearly all are short: those are not written twice. */
    if ((size_t)length < sizeof shortly)
        return str_copy(keep, str_from_bytes(shortly, (size_t)length), ret_text);

    TRY(ARENA_NEW(keep, char, (size_t)length + 1, &text));
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    *ret_text = (Str){.data = text, .length = (size_t)length};
    return ok();
}

/* Length of the well-formed sequence at bytes[0..left), or 0 (RFC 3629, table of section 4). */
static size_t sequence_length(const unsigned char *bytes, size_t left)
{
    unsigned char lead = bytes[0];
    if (lead < 0x80)
        return lead ? 1 : 0;

    size_t length = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (length == 0 || length > left)
        return 0;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (bytes[1] < low || bytes[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

/* Eight bytes that are all ASCII and none of them NUL: most of what people write. */
static bool is_plain_word(const char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return ((word | (word - UINT64_C(0x0101010101010101))) & UINT64_C(0x8080808080808080)) == 0;
}

bool utf8_valid(Str text)
{
    for (size_t at = 0; at < text.length;) {
        if (text.length - at >= 8 && is_plain_word(text.data + at)) {
            at += 8;
            continue;
        }
        size_t length = sequence_length((const unsigned char *)text.data + at, text.length - at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

size_t utf8_length(Str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.length; at++)
        count += ((unsigned char)text.data[at] & 0xC0) != 0x80;
    return count;
}

uint32_t utf8_next(Str text, size_t *at)
{
    static const uint8_t lead_mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *bytes = (const unsigned char *)text.data + *at;
    size_t length = sequence_length(bytes, text.length - *at);
    if (length == 0) {
        *at += 1;
        return 0xFFFD;
    }
    uint32_t point = bytes[0] & lead_mask[length];
    for (size_t i = 1; i < length; i++)
        point = point << 6 | (bytes[i] & 0x3Fu);
    *at += length;
    return point;
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

Err num_parse(Str text, int64_t minimum, int64_t maximum, int64_t *ret_number)
{
    bool negative = text.length && text.data[0] == '-';
    if (text.length == (size_t)negative)
        return fail(E_MALFORMED);

    int64_t number = 0;
    for (size_t i = negative; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return fail(E_MALFORMED);
        int digit = text.data[i] - '0';
        /* Counted downwards, because the negative side is the longer one. */
        if (__builtin_mul_overflow(number, 10, &number) || __builtin_sub_overflow(number, digit, &number))
            return fail(E_RANGE);
    }
    if (!negative && __builtin_sub_overflow((int64_t)0, number, &number))
        return fail(E_RANGE);
    if (number < minimum || number > maximum)
        return fail(E_RANGE);
    *ret_number = number;
    return ok();
}

Err size_add(size_t a, size_t b, size_t *ret_sum)
{
    size_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        return fail(E_TOO_LARGE);
    *ret_sum = sum;
    return ok();
}

Err size_mul(size_t a, size_t b, size_t *ret_product)
{
    size_t product;
    if (__builtin_mul_overflow(a, b, &product))
        return fail(E_TOO_LARGE);
    *ret_product = product;
    return ok();
}

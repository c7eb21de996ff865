/* Ids and the text encodings of bytes: hexadecimal, base64url, base32.
 * Must not accept two spellings of the same bytes where a value is compared or signed.
 * Called from everywhere. */
#include "base/id.h"

#include <string.h>

static const char hex_digits[] = "0123456789abcdef";

bool id_equal(Id a, Id b)
{
    return memcmp(a.bytes, b.bytes, ID_BYTES) == 0;
}

bool id_is_among(IdList list, Id id)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (id_equal(list.ids[i], id))
            return true;
    return false;
}

bool id_is_none(Id id)
{
    return id_equal(id, (Id){0});
}

Str id_bytes(const Id *id)
{
    return str_from_bytes(id->bytes, ID_BYTES);
}

void id_to_text(Id id, char ret_text[static ID_TEXT + 1])
{
    for (size_t i = 0; i < ID_BYTES; i++) {
        ret_text[2 * i] = hex_digits[id.bytes[i] >> 4];
        ret_text[2 * i + 1] = hex_digits[id.bytes[i] & 15];
    }
    ret_text[ID_TEXT] = '\0';
}

void buf_add_id(Buf *buf, Id id)
{
    char text[ID_TEXT + 1];

    id_to_text(id, text);
    buf_add_bytes(buf, text, ID_TEXT);
}

/* One more than what each digit counts; 0 is none. One thing has one name: capital letters would give it another. */
static const uint8_t small_digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

static unsigned small_digit(char c)
{
    return small_digits[(unsigned char)c] - 1u;
}

static Err hex_into(Str text, uint8_t *ret_bytes)
{
    unsigned wrong = 0;

    for (size_t i = 0; i < text.length / 2; i++) {
        unsigned high = small_digit(text.data[2 * i]);
        unsigned low = small_digit(text.data[2 * i + 1]);
        wrong |= (high | low) & ~15u;
        ret_bytes[i] = (uint8_t)(high << 4 | low);
    }
    return wrong ? fail(E_MALFORMED) : ok();
}

Err id_from_text(Str text, Id *ret_id)
{
    Id id;
    if (text.length != ID_TEXT)
        return fail(E_MALFORMED);
    TRY(hex_into(text, id.bytes));
    *ret_id = id;
    return ok();
}

Err id_from_bytes(Str bytes, Id *ret_id)
{
    if (bytes.length != ID_BYTES)
        return fail(E_MALFORMED);
    memcpy(ret_id->bytes, bytes.data, ID_BYTES);
    return ok();
}

void buf_add_hex(Buf *buf, Str bytes)
{
    char text[64];

    for (size_t i = 0; i < bytes.length;) {
        size_t length = 0;
        for (; i < bytes.length && length < sizeof text; i++) {
            unsigned char byte = (unsigned char)bytes.data[i];
            text[length++] = hex_digits[byte >> 4];
            text[length++] = hex_digits[byte & 15];
        }
        buf_add_bytes(buf, text, length);
    }
}

Err hex_decode(Arena *keep, Str text, Str *ret_bytes)
{
    uint8_t *bytes = NULL;
    if (text.length % 2)
        return fail(E_MALFORMED);
    TRY(ARENA_NEW(keep, uint8_t, text.length / 2, &bytes));
    TRY(hex_into(text, bytes));
    *ret_bytes = str_from_bytes(bytes, text.length / 2);
    return ok();
}

/* Both bases of RFC 4648 are one loop: bits of each digit, the alphabet, and how a character is read. */
static void add_digits(Buf *buf, Str bytes, unsigned bits, const char *alphabet)
{
    uint32_t pending = 0;
    unsigned held = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        pending = (pending << 8 | (unsigned char)bytes.data[i]) & 0xFFFFu;
        held += 8;
        while (held >= bits) {
            held -= bits;
            buf_add_char(buf, alphabet[pending >> held & ((1u << bits) - 1)]);
        }
    }
    if (held)
        buf_add_char(buf, alphabet[pending << (bits - held) & ((1u << bits) - 1)]);
}

static Err read_digits(Arena *keep, Str text, unsigned bits, int (*value_of)(char), Str *ret_bytes)
{
    uint8_t *bytes = NULL;
    TRY(ARENA_NEW(keep, uint8_t, text.length * bits / 8 + 1, &bytes));
    uint32_t pending = 0;
    unsigned held = 0;
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        int value = value_of(text.data[i]);
        if (value < 0)
            return fail(E_MALFORMED);
        pending = (pending << bits | (uint32_t)value) & 0xFFFFu;
        held += bits;
        if (held >= 8) {
            held -= 8;
            bytes[length++] = (uint8_t)(pending >> held);
        }
    }
    /* What is left over must be padding bits, fewer than one digit, all zero. */
    if (held >= bits || (pending & ((1u << held) - 1)))
        return fail(E_MALFORMED);
    *ret_bytes = str_from_bytes(bytes, length);
    return ok();
}

static const char base64url_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char base32_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static int position_in(const char *digits, char c)
{
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static int base64url_value(char c)
{
    return position_in(base64url_digits, c);
}

static int base32_value(char c)
{
    return position_in(base32_digits, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
}

void buf_add_base64url(Buf *buf, Str bytes)
{
    add_digits(buf, bytes, 6, base64url_digits);
}

Err base64url_decode(Arena *keep, Str text, Str *ret_bytes)
{
    return read_digits(keep, text, 6, base64url_value, ret_bytes);
}

void buf_add_base32(Buf *buf, Str bytes)
{
    add_digits(buf, bytes, 5, base32_digits);
}

Err base32_decode(Arena *keep, Str text, Str *ret_bytes)
{
    char *digits = NULL;
    size_t length = 0;
    TRY(ARENA_NEW(keep, char, text.length + 1, &digits));
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != ' ' && text.data[i] != '-')
            digits[length++] = text.data[i];
    return read_digits(keep, str_from_bytes(digits, length), 5, base32_value, ret_bytes);
}

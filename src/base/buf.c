/* Growing output with a maximum, and reading of bytes from outside.
 * Must not fail in the middle: both remember the first mistake and tell it at the end.
 * Called from everywhere. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FIRST_ROOM ((size_t)128)

Buf buf_new(Arena *arena, size_t maximum)
{
    return (Buf){.arena = arena, .maximum = maximum};
}

/* Apart from make_room, which is asked thousands of times a page: with this in it, each would pay for the guard of the stack. */
__attribute__((noinline)) static bool grow(Buf *buf, size_t needed)
{
    size_t room = buf->room ? buf->room : buf->maximum < FIRST_ROOM ? buf->maximum : FIRST_ROOM;
    while (room < needed)
        room = room > buf->maximum / 2 ? buf->maximum : room * 2;
    char *data = NULL;
    if (!is_ok(arena_alloc_bytes(buf->arena, room, &data))) {
        buf->overflow = true;
        buf->no_memory = true;
        return false;
    }
    if (buf->length)
        memcpy(data, buf->data, buf->length);
    buf->data = data;
    buf->room = room;
    return true;
}

static bool make_room(Buf *buf, size_t more)
{
    if (buf->overflow || more > buf->maximum - buf->length) {
        buf->overflow = true;
        return false;
    }
    return more <= buf->room - buf->length || grow(buf, buf->length + more);
}

void buf_reserve(Buf *buf, size_t room)
{
    if (room > buf->length)
        (void)make_room(buf, room - buf->length);
}

void buf_add_bytes(Buf *buf, const void *bytes, size_t length)
{
    if (length == 0 || !make_room(buf, length))
        return;
    memcpy(buf->data + buf->length, bytes, length);
    buf->length += length;
}

void buf_add_zeros(Buf *buf, size_t length)
{
    if (length == 0 || !make_room(buf, length))
        return;
    memset(buf->data + buf->length, 0, length);
    buf->length += length;
}

void buf_add(Buf *buf, Str text)
{
    buf_add_bytes(buf, text.data, text.length);
}

void buf_add_char(Buf *buf, char c)
{
    buf_add_bytes(buf, &c, 1);
}

void buf_format(Buf *buf, const char *format, ...)
{
    size_t there = buf->overflow ? 0 : buf->room - buf->length;
    va_list args;
    va_start(args, format);
    int length = vsnprintf(there ? buf->data + buf->length : NULL, there, format, args);
    va_end(args);
    /* One byte more than the text, for the NUL that vsnprintf insists on. */
    if (length < 0 || !make_room(buf, (size_t)length + 1)) {
        buf->overflow = true;
        return;
    }
    if ((size_t)length >= there) {
        va_start(args, format);
        vsnprintf(buf->data + buf->length, (size_t)length + 1, format, args);
        va_end(args);
    }
    buf->length += (size_t)length;
}

void buf_add_i64(Buf *buf, int64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        digits[--at] = '-';
    buf_add_bytes(buf, digits + at, sizeof digits - at);
}

void buf_add_digits(Buf *buf, unsigned number, unsigned width)
{
    char digits[10] = "0000000000";

    for (size_t at = sizeof digits; number; number /= 10)
        digits[--at] = (char)('0' + number % 10);
    buf_add_bytes(buf, digits + sizeof digits - width, width);
}

void buf_add_utf8(Buf *buf, uint32_t point)
{
    static const uint8_t lead[] = {0x00, 0xC0, 0xE0, 0xF0};
    int rest = (point >= 0x80) + (point >= 0x800) + (point >= 0x10000);

    buf_add_u8(buf, (uint8_t)(lead[rest] | point >> 6 * rest));
    while (rest-- > 0)
        buf_add_u8(buf, (uint8_t)(0x80 | (point >> 6 * rest & 0x3F)));
}

static void add_big_endian(Buf *buf, uint64_t number, size_t bytes)
{
    unsigned char out[8];
    for (size_t i = 0; i < bytes; i++)
        out[i] = (unsigned char)(number >> (8 * (bytes - 1 - i)));
    buf_add_bytes(buf, out, bytes);
}

void buf_add_u8(Buf *buf, uint8_t number)
{
    add_big_endian(buf, number, 1);
}

void buf_add_u16(Buf *buf, uint16_t number)
{
    add_big_endian(buf, number, 2);
}

void buf_add_u32(Buf *buf, uint32_t number)
{
    add_big_endian(buf, number, 4);
}

void buf_add_u64(Buf *buf, uint64_t number)
{
    add_big_endian(buf, number, 8);
}

Err buf_done(const Buf *buf, Str *ret_content)
{
    if (buf->no_memory)
        return fail(E_NO_MEMORY);
    if (buf->overflow)
        return fail(E_TOO_LARGE);
    *ret_content = (Str){.data = buf->data, .length = buf->length};
    return ok();
}

Cursor cursor_new(Str bytes)
{
    return (Cursor){.bytes = bytes};
}

Str cursor_bytes(Cursor *cursor, size_t length)
{
    if (cursor->failed || length > cursor->bytes.length - cursor->at) {
        cursor->failed = true;
        return STR_NONE;
    }
    Str view = str_slice(cursor->bytes, cursor->at, cursor->at + length);
    cursor->at += length;
    return view;
}

void cursor_copy(Cursor *cursor, void *to, size_t length)
{
    Str view = cursor_bytes(cursor, length);
    if (view.length == length && length)
        memcpy(to, view.data, length);
    else
        memset(to, 0, length);
}

static uint64_t read_big_endian(Cursor *cursor, size_t bytes)
{
    Str view = cursor_bytes(cursor, bytes);
    uint64_t number = 0;
    for (size_t i = 0; i < view.length; i++)
        number = number << 8 | (unsigned char)view.data[i];
    return number;
}

uint8_t cursor_u8(Cursor *cursor)
{
    return (uint8_t)read_big_endian(cursor, 1);
}

uint16_t cursor_u16(Cursor *cursor)
{
    return (uint16_t)read_big_endian(cursor, 2);
}

uint32_t cursor_u32(Cursor *cursor)
{
    return (uint32_t)read_big_endian(cursor, 4);
}

uint64_t cursor_u64(Cursor *cursor)
{
    return read_big_endian(cursor, 8);
}

Err cursor_done(const Cursor *cursor)
{
    if (cursor->failed)
        return fail(E_TRUNCATED);
    if (cursor->at != cursor->bytes.length)
        return fail(E_MALFORMED);
    return ok();
}

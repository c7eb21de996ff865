/* Growing text or bytes with a maximum. Appends never fail singly: the overflow is sticky, buf_done tells it.
 * Must not be read before buf_done said ok.
 * Used by everything that writes pages, frames, SQL values, files. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdint.h>
#include "base/str.h"

typedef struct Buf {
    Arena *arena;
    char *data;
    size_t length;
    size_t room;
    size_t maximum;
    bool overflow;
    bool no_memory; /* the overflow was the arena's */
} Buf;

/* An empty buffer that lives in arena and holds at most maximum bytes. Allocates at the first append. */
Buf buf_new(Arena *arena, size_t maximum);
/* Room for as many bytes at once, so that what usually gets long is not moved while it grows. */
void buf_reserve(Buf *buf, size_t room);

void buf_add(Buf *buf, Str text);
void buf_add_char(Buf *buf, char c);
void buf_add_bytes(Buf *buf, const void *bytes, size_t length);
void buf_add_zeros(Buf *buf, size_t length);
void buf_format(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_add_i64(Buf *buf, int64_t number);
/* Its last width (1..10) decimal digits, with zeros in front. */
void buf_add_digits(Buf *buf, unsigned number, unsigned width);
/* One code point as UTF-8: 1..10FFFF, no surrogate. */
void buf_add_utf8(Buf *buf, uint32_t point);
/* Big-endian whole numbers. */
void buf_add_u8(Buf *buf, uint8_t number);
void buf_add_u16(Buf *buf, uint16_t number);
void buf_add_u32(Buf *buf, uint32_t number);
void buf_add_u64(Buf *buf, uint64_t number);

/* The content. Errors: E_TOO_LARGE when it passed its maximum, E_NO_MEMORY when the arena did. */
MUST_USE Err buf_done(const Buf *buf, Str *ret_content);

/* Reading side: a cursor over bytes that came from outside. A read past the end sets failed and gives zeros. */
typedef struct Cursor {
    Str bytes;
    size_t at;
    bool failed;
} Cursor;

Cursor cursor_new(Str bytes);
uint8_t cursor_u8(Cursor *cursor);
uint16_t cursor_u16(Cursor *cursor);
uint32_t cursor_u32(Cursor *cursor);
uint64_t cursor_u64(Cursor *cursor);
/* The next length bytes, a view. */
Str cursor_bytes(Cursor *cursor, size_t length);
/* Copies the next length bytes to to (zeros on failure). */
void cursor_copy(Cursor *cursor, void *to, size_t length);
/* Errors: E_TRUNCATED when a read went past the end, E_MALFORMED when bytes are left over. */
MUST_USE Err cursor_done(const Cursor *cursor);

#endif

/* Opaque 128-bit ids: the only names of things in URLs, lines and plain columns. And the encodings they travel in.
 * Must not be guessable: made from random bytes only.
 * Used by every folder. */
#ifndef BASE_ID_H
#define BASE_ID_H

#include "base/buf.h"

#define ID_BYTES 16
#define ID_TEXT 32

typedef struct Id {
    uint8_t bytes[ID_BYTES];
} Id;

bool id_equal(Id a, Id b);
/* True for the all-zero id, which means "none". */
bool id_is_none(Id id);
/* 32 lower-case hexadecimal digits into a caller's array, terminated. */
void id_to_text(Id id, char ret_text[static ID_TEXT + 1]);
void buf_add_id(Buf *buf, Id id);
/* Exactly 32 lower-case hexadecimal digits. Errors: E_MALFORMED. */
MUST_USE Err id_from_text(Str text, Id *ret_id);
/* Exactly 16 bytes. Errors: E_MALFORMED. */
MUST_USE Err id_from_bytes(Str bytes, Id *ret_id);
Str id_bytes(const Id *id);

/* Lower-case hexadecimal; decoding takes lower case only. */
void buf_add_hex(Buf *buf, Str bytes);
MUST_USE Err hex_decode(Arena *keep, Str text, Str *ret_bytes);
/* base64url without padding (RFC 4648, 5). Decoding refuses padding, white space and stray bits. */
void buf_add_base64url(Buf *buf, Str bytes);
MUST_USE Err base64url_decode(Arena *keep, Str text, Str *ret_bytes);
/* base32 without padding (RFC 4648, 6); decoding takes lower case, and ignores spaces and hyphens. */
void buf_add_base32(Buf *buf, Str bytes);
MUST_USE Err base32_decode(Arena *keep, Str text, Str *ret_bytes);

/* Some ids, in an order. */
typedef struct IdList {
    const Id *ids;
    uint32_t count;
} IdList;
bool id_is_among(IdList list, Id id);

#endif

/* Text and bytes as pointer and length, passed by value, usually not owned.
 * Must not assume a terminating NUL.
 * Used by every folder. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stddef.h>
#include "base/arena.h"

typedef struct Str {
    const char *data;
    size_t length;
} Str;

#define STR(literal) ((Str){.data = "" literal, .length = sizeof(literal) - 1})
#define STR_NONE ((Str){.data = NULL, .length = 0})
/* For printf: printf("%.*s", STR_ARGS(s)). */
#define STR_ARGS(s) (int)(s).length, (s).data

/* A view of a terminated string (NULL gives the empty Str), or of bytes. */
Str str_from_c(const char *text);
Str str_from_bytes(const void *bytes, size_t length);

bool str_equal(Str a, Str b);
/* The same but for capitals of ASCII: names of headers and of types, never what people wrote. */
bool str_same_letters(Str a, Str b);
/* -1, 0, 1 by bytes. */
int str_compare(Str a, Str b);
bool str_starts(Str text, Str prefix);
bool str_ends(Str text, Str suffix);
/* Index of the first c at or after from, or text.length. */
size_t str_find(Str text, char c, size_t from);
/* Part of text from..to (clamped). */
Str str_slice(Str text, size_t from, size_t to);
/* Without leading and trailing ASCII white space. */
Str str_trim(Str text);
/* Splits at the first c: *ret_head is before it, the return value after it (empty when there is none). */
Str str_cut(Str text, char c, Str *ret_head);

/* A copy in keep. */
MUST_USE Err str_copy(Arena *keep, Str text, Str *ret_copy);
/* A terminated copy for a foreign call. Errors: E_BAD_UTF8 on an inner NUL. */
MUST_USE Err str_to_c(Arena *keep, Str text, char **ret_text);
/* The parts, one after the other, in keep. The result is terminated behind its length. */
MUST_USE Err str_join(Arena *keep, const Str *parts, size_t count, Str *ret_text);
/* printf into keep. The result is terminated behind its length. */
MUST_USE Err str_format(Arena *keep, Str *ret_text, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* True when text is well-formed UTF-8 (RFC 3629: no surrogate, no overlong form) without NUL. */
bool utf8_valid(Str text);
/* Number of code points; text must be valid. */
size_t utf8_length(Str text);
/* Next code point at *at (advanced). text must be valid and *at < text.length. */
uint32_t utf8_next(Str text, size_t *at);

/* 0..15 of a hexadecimal digit, small or capital; -1 for any other character. */
int hex_digit(char c);

/* A decimal whole number in minimum..maximum: no sign but '-', no space, no leading '+'. Errors: E_MALFORMED, E_RANGE. */
MUST_USE Err num_parse(Str text, int64_t minimum, int64_t maximum, int64_t *ret_number);

/* a + b, a * b for sizes. Errors: E_TOO_LARGE. */
MUST_USE Err size_add(size_t a, size_t b, size_t *ret_sum);
MUST_USE Err size_mul(size_t a, size_t b, size_t *ret_product);

#endif

/* The reader of JSON (RFC 8259), piece by piece: what comes next is asked for by whoever knows what may come. Nothing is built of
 * what nobody asked for, and nothing is nested deeper than its caller.
 * Must not repair, and must not read past the bytes it was given.
 * Used by api and report. */
#ifndef BASE_JSON_IN_H
#define BASE_JSON_IN_H

#include "base/buf.h"

typedef struct JsonIn {
    Str text;   /* valid UTF-8 */
    size_t at;
    Arena *keep;
} JsonIn;

/* The next byte that is no white space; NUL at the end, which no document holds. */
char json_next(JsonIn *in);
/* Goes past c when it comes next. */
bool json_comes(JsonIn *in, char c);
/* The same, where it must. Errors: E_MALFORMED. */
MUST_USE Err json_expect(JsonIn *in, char c);
/* A string, in keep. Errors: E_MALFORMED, E_BAD_UTF8 for a NUL, E_NO_MEMORY. */
MUST_USE Err json_text(JsonIn *in, Str *ret_text);
/* A whole number within 53 bits, and a yes or no. Errors: E_MALFORMED, E_RANGE. */
MUST_USE Err json_number(JsonIn *in, int64_t *ret_number);
MUST_USE Err json_yes_no(JsonIn *in, bool *ret_yes);
/* Goes past null when it comes next. */
bool json_null(JsonIn *in);

#endif

/* What has been typed about a new log, page by page, as it was typed; and the same as bytes, to be sealed into the next page.
 * Must not be stored, nor check what was typed: the pages do (web/wizard/pages.c).
 * Used by the wizard. */
#ifndef WEB_FORM_TYPED_H
#define WEB_FORM_TYPED_H

#include "base/buf.h"
#include "gateway/form.h"

#define TYPED_FIELDS_MAX 96
#define TYPED_PAGES 16
#define TYPED_NAME_MAX 40

typedef struct TypedField {
    uint8_t page; /* 0 .. TYPED_PAGES - 1 */
    Str name;     /* 1 .. TYPED_NAME_MAX of a-z, 0-9 and '_' */
    Str value;    /* UTF-8 */
} TypedField;

/* By ascending page; each name once in a page. Texts are not owned. */
typedef struct Typed {
    TypedField fields[TYPED_FIELDS_MAX];
    size_t count;
} Typed;

/* Replaces what was typed on one page by the text fields of a form, but for the names in `without` (NULL-ended).
 * Errors: E_TOO_LARGE (more fields than there is room for), E_MALFORMED (a name that is none); *typed is then untouched. */
MUST_USE Err typed_put(Typed *typed, uint8_t page, const Form *form, const char *const *without);
void typed_forget(Typed *typed, uint8_t page);

/* What was typed on one page, as a form; empty when it was never sent. Errors: E_NO_MEMORY. */
MUST_USE Err typed_form(const Typed *typed, uint8_t page, Arena *keep, Form *ret_form);

/* u8 version, u16 count, then per field u8 page, u8 length, name, u32 length, value. Big-endian. */
void typed_encode(Buf *buf, const Typed *typed);
/* Reads exactly what typed_encode writes; texts are views into bytes.
 * Errors: E_MALFORMED, E_TRUNCATED; *ret_typed is then untouched. */
MUST_USE Err typed_decode(Str bytes, Typed *ret_typed);

#endif

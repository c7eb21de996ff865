/* What a page's form sends, as names and values: urlencoded or multipart.
 * Must not repair, guess an encoding, or use a sent file name for anything.
 * Used by web; knows no field by name (web's route table does). */
#ifndef GATEWAY_FORM_H
#define GATEWAY_FORM_H

#include "gateway/gateway.h"

#define FORM_FIELDS_MAX 200
#define FORM_NAME_MAX 128     /* bytes of a field's name; a-z A-Z 0-9 and _ - . [ ] */

typedef struct FormField {
    Str name;
    Str value;        /* text: UTF-8 without NUL; file: bytes */
    bool is_file;
    Str media_type;   /* of a file, as sent; a claim, not a fact */
} FormField;

/* Fields in the order they were sent, each name once. */
typedef struct Form {
    const FormField *fields;
    size_t count;
} Form;

/* The fields of request's body, by its content type, which must be exactly application/x-www-form-urlencoded (a charset of
 * utf-8 is allowed) or multipart/form-data with a boundary.
 * A checked group of boxes is sent as one name several times in a row: its values are joined by '\n' (a value that itself
 * holds a line break is then refused). A name that comes again later, or a file that comes twice, is refused.
 * A file field in which nothing was chosen (no name, no bytes) is left out. CRLF in a value of either kind becomes '\n'.
 * Texts live in request->arena or are views into the body.
 * Errors: E_MALFORMED, E_BAD_UTF8, E_TOO_LARGE (more than 200 fields), E_NO_MEMORY. */
MUST_USE Err form_parse(const Request *request, Form *ret_form);

/* The fields of a query or an urlencoded body. Same rules and errors. */
MUST_USE Err query_parse(Str query, Arena *arena, Form *ret_form);

/* The text of that name; empty when it is absent or a file. */
Str form_value(const Form *form, Str name);

/* The file of that name; NULL when it is absent or text. */
const FormField *form_file(const Form *form, Str name);

#endif

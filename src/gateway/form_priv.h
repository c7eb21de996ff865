/* A form while it is read, shared by the two readers.
 * Must not hold a file or a text of its own: views into the body, and what was joined.
 * Used by form.c and multipart.c. */
#ifndef GATEWAY_FORM_PRIV_H
#define GATEWAY_FORM_PRIV_H

#include "base/buf.h"
#include "gateway/form.h"

typedef struct FormReader {
    Arena *arena;
    FormField *fields; /* room for FORM_FIELDS_MAX */
    size_t count;
    size_t sent;          /* fields read so far, with those that were joined */
    bool last_is_joined;  /* the newest field holds several values */
} FormReader;

/* Adds a field after all checks of form.h (name, UTF-8, repetition, line ends). */
MUST_USE Err form_add(FormReader *reader, FormField field);

#endif

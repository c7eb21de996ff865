/* A form while it is read, shared by the two readers.
 * Must not be included outside gateway.
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

/* Reads multipart/form-data (RFC 7578) whose delimiter is "--" boundary. */
MUST_USE Err multipart_read(FormReader *reader, Str body, Str boundary);

#endif

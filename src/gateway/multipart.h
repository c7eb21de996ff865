/* The second reader of forms: multipart/form-data.
 * Must not repair, guess an encoding, or use a sent file name for anything.
 * Used by form.c. */
#ifndef GATEWAY_MULTIPART_H
#define GATEWAY_MULTIPART_H

#include "gateway/form_priv.h"

/* Reads multipart/form-data (RFC 7578) whose delimiter is "--" boundary. */
MUST_USE Err multipart_read(FormReader *reader, Str body, Str boundary);

#endif

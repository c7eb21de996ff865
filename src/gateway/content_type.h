/* A Content-Type, compared as programs write it.
 * Must not read a body.
 * Used by form.c, and by web. */
#ifndef GATEWAY_CONTENT_TYPE_H
#define GATEWAY_CONTENT_TYPE_H

#include "base/str.h"

/* The header names that type (RFC 9110, 8.3.1: in any case), and no character set but UTF-8. */
bool content_type_is(Str header, Str type);

#endif

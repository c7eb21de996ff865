/* Finding one cookie in a Cookie header.
 * Must not accept a second spelling of a name or value.
 * Used by web. */
#ifndef GATEWAY_COOKIE_H
#define GATEWAY_COOKIE_H

#include "base/str.h"

/* The value of the cookie of that name (exact case), a view into header; empty when it is absent, when it comes twice, or
 * when any part of the header is not `name=value` joined by "; " (RFC 6265, 4.2.1; values without quotes). A header that
 * somebody else has added to is not believed. */
Str cookie_find(Str header, Str name);

#endif

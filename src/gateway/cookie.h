/* Finding one cookie in a Cookie header.
 * Must not accept a second spelling of a name or value.
 * Used by web. */
#ifndef GATEWAY_COOKIE_H
#define GATEWAY_COOKIE_H

#include "base/str.h"

/* The value of the cookie of that name (exact case), a view into header; empty when it is absent, when the name comes twice, or when
 * its value is not of RFC 6265, 4.2.1 (without quotes): a session that somebody else has added to is not believed. What other sites
 * of the same domain have left in the header, in whatever form, is no business of ours. */
Str cookie_find(Str header, Str name);

#endif

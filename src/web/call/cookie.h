/* The cookie of a session, `__Host-stafettlogg`: municipality and token; and the one of a browser that has signed in before,
 * `stafettlogg_familiar` (service/session/gate.h), which gives nobody any right.
 * Must not hold anything that tells who somebody is.
 * Used inside web. Rules: sign-in 2, 12. */
#ifndef WEB_CALL_COOKIE_H
#define WEB_CALL_COOKIE_H

#include "gateway/gateway.h"
#include "web/call/call.h"

#define COOKIE_FAMILIAR "stafettlogg_familiar"

/* False when there is no cookie of the right form. */
bool cookie_read(const Request *request, Arena *scratch, Id *ret_tenant, SessionToken *ret_token);

/* Sets the cookie for this session; it ends with the browser. */
MUST_USE Err cookie_set(Call *call, Id tenant, const SessionToken *token);
void cookie_clear(Call *call);

/* What this browser keeps of earlier sign-ins; empty when it has none. */
Str cookie_familiar(const Request *request);
/* Keeps it for half a year. The front tells visitors apart by it too, so its name is one that nginx can read. */
MUST_USE Err cookie_familiar_set(Call *call, Str familiar);

#endif

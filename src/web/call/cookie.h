/* The one cookie: `__Host-stafettlogg`, holding municipality and session token.
 * Must not hold anything that tells who somebody is.
 * Used inside web. Rules: sign-in 2, 12. */
#ifndef WEB_CALL_COOKIE_H
#define WEB_CALL_COOKIE_H

#include "gateway/gateway.h"
#include "web/call/call.h"

/* False when there is no cookie of the right form. */
bool cookie_read(const Request *request, Arena *scratch, Id *ret_tenant, SessionToken *ret_token);

/* Sets the cookie for this session; it ends with the browser. */
MUST_USE Err cookie_set(Call *call, Id tenant, const SessionToken *token);
void cookie_clear(Call *call);

#endif

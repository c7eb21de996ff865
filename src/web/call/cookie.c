/* tenant (32 hexadecimal digits) '.' token (base64url).
 * Must not accept a second spelling.
 * Called by web.c and visitor.c. */
#include "web/call/cookie.h"

#include <string.h>

#include "gateway/cookie.h"
#include "gateway/gateway.h"

#define COOKIE_NAME "__Host-stafettlogg"
#define FAMILIAR_RULES "; Path=/k/; Secure; HttpOnly; SameSite=Strict; Max-Age=15552000"
#define COOKIE_RULES "; Path=/; Secure; HttpOnly; SameSite=Strict"

bool cookie_read(const Request *request, Arena *scratch, Id *ret_tenant, SessionToken *ret_token)
{
    Str head = STR_NONE;
    Str token = STR_NONE;
    Str value = cookie_find(request->headers[HEADER_COOKIE], STR(COOKIE_NAME));
    Str tail = str_cut(value, '.', &head);

    if (!is_ok(id_from_text(head, ret_tenant)) || !is_ok(base64url_decode(scratch, tail, &token)))
        return false;
    if (token.length != sizeof ret_token->bytes)
        return false;
    memcpy(ret_token->bytes, token.data, token.length);
    return true;
}

Err cookie_set(Call *call, Id tenant, const SessionToken *token)
{
    Buf text = buf_new(call->arena, 256);
    Str value = STR_NONE;

    buf_add(&text, STR(COOKIE_NAME "="));
    buf_add_id(&text, tenant);
    buf_add_char(&text, '.');
    buf_add_base64url(&text, str_from_bytes(token->bytes, sizeof token->bytes));
    buf_add(&text, STR(COOKIE_RULES));
    TRY(buf_done(&text, &value));
    response_header(call->response, "Set-Cookie", value);
    return ok();
}

void cookie_clear(Call *call)
{
    response_header(call->response, "Set-Cookie", STR(COOKIE_NAME "=" COOKIE_RULES "; Max-Age=0"));
}

Str cookie_familiar(const Request *request)
{
    return cookie_find(request->headers[HEADER_COOKIE], STR(COOKIE_FAMILIAR));
}

Err cookie_familiar_set(Call *call, Str familiar)
{
    Str value = STR_NONE;

    TRY(str_format(call->arena, &value, COOKIE_FAMILIAR "=%.*s" FAMILIAR_RULES, STR_ARGS(familiar)));
    response_header(call->response, "Set-Cookie", value);
    return ok();
}

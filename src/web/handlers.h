/* The handlers that the table of routes names, one family a file. Each reads what was typed, calls service once, and fills one view.
 * Must not decide anything. */
#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include "web/call.h"

#define HANDLERS(X)                                                                                               \
    X(visitor_front) X(visitor_sign_in) X(visitor_sign_in_send) X(visitor_demo_send) X(visitor_roles)             \
    X(visitor_roles_send) X(visitor_sign_out_send) X(visitor_signed_out) X(visitor_keep_send)                     \
    X(visitor_licences) X(visitor_accessibility) X(visitor_privacy)                             \
    X(mine_page)

#define X(name) MUST_USE Err name(Call *call);
HANDLERS(X)
#undef X

#endif

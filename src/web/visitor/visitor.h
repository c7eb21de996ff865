/* People who are not signed in, and signing in and out: front, sign-in, demo, roles, texts about the service.
 * Must not tell whether a user name exists.
 * Called through the table of routes. */
#ifndef WEB_VISITOR_VISITOR_H
#define WEB_VISITOR_VISITOR_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err visitor_front(Call *call);
MUST_USE Err visitor_sign_in(Call *call);
MUST_USE Err visitor_enrolled(Call *call);
MUST_USE Err visitor_sign_in_send(Call *call);
MUST_USE Err visitor_demo_send(Call *call);
/* A day passes, in mode test; elsewhere there is no such page. */
MUST_USE Err visitor_day(Call *call);
MUST_USE Err visitor_day_send(Call *call);
MUST_USE Err visitor_roles(Call *call);
MUST_USE Err visitor_roles_send(Call *call);
MUST_USE Err visitor_sign_out_send(Call *call);
MUST_USE Err visitor_signed_out(Call *call);
MUST_USE Err visitor_keep_send(Call *call);
MUST_USE Err visitor_licences(Call *call);
MUST_USE Err visitor_accessibility(Call *call);
MUST_USE Err visitor_privacy(Call *call);

#endif

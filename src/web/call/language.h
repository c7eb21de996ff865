/* The language that a person reads: chosen with a button, remembered by the browser.
 * Must not be guessed from what the browser sends, and must not change on a GET.
 * Used by web.c and layout.c. */
#ifndef WEB_CALL_LANGUAGE_H
#define WEB_CALL_LANGUAGE_H

#include "gateway/gateway.h"
#include "pages/views.h"
#include "web/call/call.h"

/* The language chosen before in this browser; bokmål when none was, or when the cookie holds anything else. */
enum language language_of(const Request *request);
/* The choice for the foot of a page. Left out where coming back would not show the same page: an answer to a form, whose
 * text would be lost, or an address that does not exist. Refusals leave it out too (web/error.c). */
void language_choice(Call *call, LayoutView *layout);
/* Handlers of the table of routes. */
MUST_USE Err language_send(Call *call);

#endif

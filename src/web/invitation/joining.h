/* Another guardian of a log that there is, asked in the app.
 * Must not tell the guardian whose log it is: they say that themselves.
 * Called through the table of routes. Rule: consent 3. */
#ifndef WEB_INVITATION_JOINING_H
#define WEB_INVITATION_JOINING_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err joining_page(Call *call);
MUST_USE Err joining_send(Call *call);

#endif

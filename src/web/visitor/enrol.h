/* First sign-in: a one-time code becomes an account. Two pages; the code travels from one to the other in the form only.
 * Must not tell a used, old or unknown code apart, nor keep a password or the authenticator's secret.
 * Called through the table of routes. Rule: sign-in 3. */
#ifndef WEB_VISITOR_ENROL_H
#define WEB_VISITOR_ENROL_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err enrol_page(Call *call);
MUST_USE Err enrol_send(Call *call);
MUST_USE Err enrol_account_send(Call *call);

#endif

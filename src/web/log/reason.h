/* The reason that administrators give before they open a log.
 * Must not tell anything about the log: nothing is opened yet.
 * Called through the table of routes, and by page.c. */
#ifndef WEB_LOG_REASON_H
#define WEB_LOG_REASON_H

#include "pages/views.h"
#include "web/call/call.h"

#define REASON_FIELD "grunn"

/* The reasons that this role may give, with what was chosen. */
MUST_USE Err reason_options(Call *call, Options *ret_options);
/* A reason to open a log that this role may give; none for any other text. */
Opening reason_given(const Call *call, Str code);
/* The page that asks for it; missing: with the fault at its field. */
MUST_USE Err reason_page(Call *call, int status, bool missing);
/* Handlers of the table of routes. */
MUST_USE Err log_reason_send(Call *call);

#endif

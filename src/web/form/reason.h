/* The reason that administrators give before they open a log, once for all that leads on from there.
 * Must not tell anything about the log: nothing is opened yet.
 * Called by web.c and through the table of routes. Rules: access 13, 22. */
#ifndef WEB_FORM_REASON_H
#define WEB_FORM_REASON_H

#include "pages/views.h"
#include "web/call/call.h"

#define REASON_FIELD "grunn" /* a POST under /logg/ may carry it */
#define REASON_NEXT "til"    /* what was asked for, behind the log's address */

/* The reasons that this role may give, with what was chosen. */
MUST_USE Err reason_options(Call *call, Options *ret_options);
/* A reason to open a log that this role may give; none for any other text. */
Opening reason_given(const Call *call, Str code);
/* Puts into call->actor the reason that this request gives for its log, or what its session gave in the last half an hour.
 * Nothing for those who need none. */
void log_reason_take(Call *call);
/* What this request says itself: an act that changes something asks for its own. */
Opening log_reason_said(const Call *call);
/* The log was opened for it: it holds for half an hour from now. */
void log_reason_keep(const Call *call);
/* The page that asks for it after E_REASON. Whatever was asked for comes next; what was typed is kept. */
MUST_USE Err log_reason_page(Call *call);
/* Handlers of the table of routes. */
MUST_USE Err log_reason_send(Call *call);

#endif

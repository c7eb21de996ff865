/* A guardian who is asked for their consent before there is a log: the code, what is asked, the child, themselves, yes or no.
 * Must not store what is typed before the yes, nor blame anybody for a no.
 * Called through the table of routes. Rule: consent 3. */
#ifndef WEB_INVITATION_INVITED_H
#define WEB_INVITATION_INVITED_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err invited_code_page(Call *call);
MUST_USE Err invited_code_send(Call *call);
MUST_USE Err invited_page(Call *call);
MUST_USE Err invited_step_send(Call *call);
MUST_USE Err invited_no_page(Call *call);
MUST_USE Err invited_no_send(Call *call);
MUST_USE Err invited_over_page(Call *call);

#endif

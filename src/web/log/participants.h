/* Who takes part in one log: letting staff in and out, the child, and new codes for the family (SH).
 * Must not decide who may: the service does; buttons follow what it says.
 * Called through the table of routes. */
#ifndef WEB_LOG_PARTICIPANTS_H
#define WEB_LOG_PARTICIPANTS_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err participants_page(Call *call);
MUST_USE Err participants_add_send(Call *call);
MUST_USE Err participants_baton_send(Call *call);
MUST_USE Err participants_appoint_send(Call *call);
MUST_USE Err participants_end_send(Call *call);
MUST_USE Err participants_code_send(Call *call);
MUST_USE Err participants_child_send(Call *call);
MUST_USE Err participants_child_out_send(Call *call);

#endif

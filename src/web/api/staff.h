/* The API of the baton, of roles and of units.
 * Must not decide anything, nor show what no page shows.
 * Called through the table of routes. */
#ifndef WEB_API_STAFF_H
#define WEB_API_STAFF_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err api_baton_offer(Call *call);
MUST_USE Err api_holder_appoint(Call *call);
MUST_USE Err api_role_end(Call *call);
MUST_USE Err api_unit_close(Call *call);
MUST_USE Err api_staff_confirm(Call *call);

#endif

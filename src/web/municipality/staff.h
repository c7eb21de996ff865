/* Staff of the own unit (EL): who has which role, giving one, ending one, a new code. The administrator ends roles and gives
 * codes from the page of units with the same addresses.
 * Must not show a code twice.
 * Called through the table of routes. */
#ifndef WEB_MUNICIPALITY_STAFF_H
#define WEB_MUNICIPALITY_STAFF_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err staff_page(Call *call);
MUST_USE Err staff_appoint_send(Call *call);
MUST_USE Err staff_end_send(Call *call);
MUST_USE Err staff_code_send(Call *call);

#endif

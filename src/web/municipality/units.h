/* Units and their managers (KA): the list, the staff of one, a new unit, appointing a manager.
 * Must not decide who may: the service does.
 * Called through the table of routes. */
#ifndef WEB_MUNICIPALITY_UNITS_H
#define WEB_MUNICIPALITY_UNITS_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err units_page(Call *call);
MUST_USE Err units_staff_page(Call *call);
MUST_USE Err units_new(Call *call);
MUST_USE Err units_new_send(Call *call);
MUST_USE Err units_confirm_send(Call *call);
MUST_USE Err units_close(Call *call);
MUST_USE Err units_close_send(Call *call);
MUST_USE Err units_manager(Call *call);
MUST_USE Err units_manager_send(Call *call);

#endif

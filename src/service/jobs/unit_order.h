/* Units as an operator lists and closes them, on an administrator's behalf, as an import is.
 * Must not move what a closed unit leaves in another way than a page does.
 * Called by cli. Rule: rest 10. */
#ifndef SERVICE_JOBS_UNIT_ORDER_H
#define SERVICE_JOBS_UNIT_ORDER_H

#include "service/people/closing.h"
#include "service/people/units.h"

/* Where, and who asked: a Unix user's identity (sys/user.h) for the line. */
typedef struct UnitOrder {
    Id tenant;
    Id by;
} UnitOrder;

/* By name; one line. Errors: those of keys and of the store. */
MUST_USE Err unit_order_list(Service *service, const UnitOrder *order, Arena *keep, Units *ret_units);
/* Closes it; a first page of its logs goes to the unit that follows at once, the rest by the job `units`. Errors: as
 * people_unit_close_for. */
MUST_USE Err unit_order_close(Service *service, const UnitOrder *order, const UnitClosing *closing);

#endif

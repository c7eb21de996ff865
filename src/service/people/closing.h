/* A unit is closed: another follows it, and gets its logs and its people.
 * Must not leave a unit open to new logs, nor to new people.
 * Called by web and api; the job `units` does the rest. Rule: rest 10. */
#ifndef SERVICE_PEOPLE_CLOSING_H
#define SERVICE_PEOPLE_CLOSING_H

#include "service/service.h"

typedef struct UnitClosing {
    Id unit;
    Id into; /* the unit that follows it */
} UnitClosing;

/* From now on the unit takes no log and nobody new; its row says which unit follows it (parent). Cannot be undone. Errors:
 * E_FORBIDDEN; E_PROVE; E_NOT_FOUND; E_STALE (it is closed already); E_INVALID where the other is the same, is closed or is not here. */
MUST_USE Err people_unit_close(Service *service, const Actor *actor, const UnitClosing *closing);
/* The same on an administrator's behalf, as an import is: for an operator's command, whose user stands in the line. Errors: the same but
 * E_FORBIDDEN and E_PROVE. */
MUST_USE Err people_unit_close_for(Service *service, const Actor *actor, const UnitClosing *closing);
/* The unit that is open and follows a closed one, over others that were closed since; the same where it is open. Errors: E_NOT_FOUND. */
MUST_USE Err unit_follower(const UnitRows *units, Id unit, Id *ret_unit);

#endif

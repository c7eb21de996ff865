/* What an administrator sees first: the units of the municipality, and who manages them.
 * Must not show a name before the lines of both lists are durable.
 * Called by web. */
#ifndef SERVICE_PEOPLE_OVERVIEW_H
#define SERVICE_PEOPLE_OVERVIEW_H

#include "service/people/staff.h"
#include "service/people/units.h"

/* people_units, and people_staff of the whole municipality, from one snapshot; their lines in one commit. */
MUST_USE Err people_overview(Service *service, const Actor *actor, Arena *keep, Units *ret_units, StaffRoles *ret_managers);

#endif

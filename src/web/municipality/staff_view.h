/* People with roles as rows of a page.
 * Must not decide who may give what: the service does.
 * Used by the pages about staff, units and participants. */
#ifndef WEB_MUNICIPALITY_STAFF_VIEW_H
#define WEB_MUNICIPALITY_STAFF_VIEW_H

#include "pages/views.h"
#include "service/people/staff.h"
#include "web/call/call.h"

/* Roles in force now or later. Those of a role in `own` (1 << ROLE_x) get buttons to end them and to give a new code, but
 * not the reader's own. */
MUST_USE Err staff_views(Call *call, const StaffRoles *staff, uint32_t own, StaffViews *ret_views);

#endif

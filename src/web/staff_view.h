/* People with roles, and codes to hand over, as pages about staff and units show them; and the form that gives a role.
 * Must not decide who may give what: the service does.
 * Used by staff.c, units.c and participants.c. */
#ifndef WEB_STAFF_VIEW_H
#define WEB_STAFF_VIEW_H

#include "service/people/staff.h"
#include "web/kind_form.h"

/* Codes that wait to be shown once (service/receipt.h); none when there are none. */
MUST_USE Err codes_view(Call *call, Id about, CodeViews *ret_codes);
/* Puts one code there for the page that the answer leads to. code is empty for somebody who has an account. */
MUST_USE Err codes_keep(Call *call, Id about, Str name, Str code);

/* Roles in force now or later. Those of a role in `own` (1 << ROLE_x) get buttons to end them and to give a new code, but
 * not the reader's own. */
MUST_USE Err staff_views(Call *call, const StaffRoles *staff, uint32_t own, StaffViews *ret_views);

/* ---- giving a role ---- */

/* What a form to appoint offers. */
typedef struct AppointForm {
    const char *action;
    const char *cancel;    /* NULL: none */
    const Role *roles;
    size_t role_count;
    bool own_unit;         /* the role is given in the reader's own unit */
    Options units;         /* else in one of these */
} AppointForm;

#define APPOINT_FIELDS "name", "email", "phone", "confidentiality_on", "instruction_on", "role", "unit", "from_on", "to_on"

/* The form, with what was typed and the faults that inputs holds already. */
MUST_USE Err appoint_inputs(Inputs *inputs, const AppointForm *form);
MUST_USE Err appoint_form(Inputs *inputs, const AppointForm *form, FormView *ret_form);

/* Reads what was typed and appoints. *ret_good false: nothing was done, the faults stand in inputs. */
MUST_USE Err appoint_send(Inputs *inputs, const AppointForm *form, bool *ret_good);

#endif

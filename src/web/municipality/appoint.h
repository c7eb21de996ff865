/* The form that gives somebody a role: who, which role, where, from and to which day.
 * Must not lose what was typed, nor appoint on a fault.
 * Used by the pages about staff and units. */
#ifndef WEB_MUNICIPALITY_APPOINT_H
#define WEB_MUNICIPALITY_APPOINT_H

#include "domain/roles.h"
#include "pages/views.h"
#include "web/form/inputs.h"

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

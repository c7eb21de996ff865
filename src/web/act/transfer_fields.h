/* What the forms about a transfer offer, and what their pages show of it before anybody answers.
 * Must not show a unit to whoever may not be told where the child is, nor anything of the log.
 * Called by act.c. Rules: transfer 1, 3, 9, access 21. */
#ifndef WEB_ACT_TRANSFER_FIELDS_H
#define WEB_ACT_TRANSFER_FIELDS_H

#include "pages/views.h"
#include "service/acts/procedure.h"
#include "web/form/kind_form.h"

/* The units that may be asked, or whoever could hold the log in the unit that takes it. */
MUST_USE Err transfer_choices(Call *call, const Procedure *procedure, const ProcedureAsked *asked, Choices *choices);
/* The field of a municipality offers those of this installation, but for the own; nothing in forms that have none. */
MUST_USE Err transfer_municipalities(const Procedure *procedure, Inputs *inputs);
/* Which unit it goes to and from, for which day, what the consents shall name besides, and until when it waits; and
 * what a decision means where the log crosses to another municipality. */
MUST_USE Err transfer_shown(Call *call, const Procedure *procedure, const ProcedureAsked *asked, PageEntry *page);

#endif

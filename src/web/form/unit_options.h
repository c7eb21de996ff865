/* Units to choose from.
 * Must not offer one that is closed.
 * Called by the pages that ask for a unit. */
#ifndef WEB_FORM_UNIT_OPTIONS_H
#define WEB_FORM_UNIT_OPTIONS_H

#include "pages/views.h"
#include "service/people/units.h"
#include "web/call/call.h"

MUST_USE Err unit_option(const Call *call, const Unit *unit, OptionView *ret_option);
/* Every open unit but this one; none: all. None is chosen. */
MUST_USE Err unit_options(const Call *call, const Units *units, Id but_not, Options *ret_options);

#endif

/* The end of the wizard: everything once more, the document, and the one POST that stores something.
 * Must not create a log while a page before is not filled in rightly.
 * Called by wizard.c and through the table of routes. */
#ifndef WEB_WIZARD_CHECK_H
#define WEB_WIZARD_CHECK_H

#include "base/str.h"
#include "web/wizard/wizard.h"

MUST_USE Err wizard_check_show(Wizard *wizard, int status, const char *fault, Str message);
/* Handlers of the table of routes. */
MUST_USE Err wizard_create_send(Call *call);
MUST_USE Err wizard_receipt(Call *call);

#endif

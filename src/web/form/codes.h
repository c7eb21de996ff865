/* Codes to hand over, shown once: kept for the page that the answer leads to, and shown there.
 * Must not show a code twice.
 * Used by the pages about staff, units and participants. */
#ifndef WEB_FORM_CODES_H
#define WEB_FORM_CODES_H

#include "pages/views.h"
#include "web/call/call.h"

/* Codes that wait to be shown once (service/receipt.h); none when there are none. */
MUST_USE Err codes_view(Call *call, Id about, CodeViews *ret_codes);
/* Puts one code there for the page that the answer leads to. code is empty for somebody who has an account. */
MUST_USE Err codes_keep(Call *call, Id about, Str name, Str code);

#endif

/* What every page has: who is signed in, in which role, where one can go.
 * Must not show an address that the role has no use for, nor put a name into a title.
 * Called by web/error.c and the handlers. */
#ifndef WEB_CALL_LAYOUT_H
#define WEB_CALL_LAYOUT_H

#include "pages/views.h"
#include "web/call/call.h"

/* What every page has. title is in the reader's language; current is the address of the navigation row to mark. */
LayoutView call_layout(Call *call, Str title, const char *current);

#endif

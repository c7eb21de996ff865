/* One log: the page that people read, or its stub.
 * Must not name a child in a title or an address.
 * Called through the table of routes. */
#ifndef WEB_LOG_PAGE_H
#define WEB_LOG_PAGE_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err log_page(Call *call);

#endif

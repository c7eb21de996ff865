/* Who has seen a log, a page at a time.
 * Must not show more than the service gives.
 * Called through the table of routes. */
#ifndef WEB_LOG_SEEN_H
#define WEB_LOG_SEEN_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err log_seen_page(Call *call);

#endif

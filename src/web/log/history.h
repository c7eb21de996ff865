/* All versions of one entry, the newest first.
 * Must not say of the child's number what the log's page does not say.
 * Called through the table of routes. */
#ifndef WEB_LOG_HISTORY_H
#define WEB_LOG_HISTORY_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err entry_history(Call *call);

#endif

/* The logs in which nothing has happened for long, and about which the reader is asked.
 * Must not show a name that the service did not give.
 * Handlers of the table of routes. Rules: rest 1, scenarios 5. */
#ifndef WEB_REST_QUIET_H
#define WEB_REST_QUIET_H

#include "base/err.h"
#include "web/call/call.h"

/* GET /stille */
MUST_USE Err quiet_page(Call *call);

#endif

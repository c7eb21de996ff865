/* The passive logs of a manager's unit, and those of the municipality.
 * Must not show a name that the service did not give.
 * Called through the table of routes. */
#ifndef WEB_REST_PASSIVE_H
#define WEB_REST_PASSIVE_H

#include "service/log/view.h"
#include "web/call/call.h"

/* The handler of the table of routes. */
MUST_USE Err passive_page(Call *call);
/* What it shows, for the API: a page of the list, by the query; and the mark of the next one, empty where there is none. */
MUST_USE Err passive_list(Call *call, LogSummaries *ret_logs);
MUST_USE Err passive_next(Call *call, const LogSummaries *logs, Str *ret_before);

#endif

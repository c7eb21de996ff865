/* Statistics for programs.
 * Must not answer what the page does not.
 * Called through the table of routes. */
#ifndef WEB_API_STATISTICS_H
#define WEB_API_STATISTICS_H

#include "web/call/call.h"

/* GET /api/v1/statistics[?view=...][&category=...][&period=...][&by=...] */
MUST_USE Err api_statistics(Call *call);

#endif

/* Archive reports for programs: which there are. The file itself is downloaded by a person, who proves anew who they are.
 * Must not hand out a report.
 * Called through the table of routes. */
#ifndef WEB_API_REPORTS_H
#define WEB_API_REPORTS_H

#include "web/call/call.h"

/* GET /api/v1/logs/{id}/reports[?reason=...] */
MUST_USE Err api_log_reports(Call *call);
/* GET /api/v1/archive-reports */
MUST_USE Err api_reports(Call *call);

#endif

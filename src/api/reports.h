/* Archive reports as JSON: what is told of them, never what stands in them.
 * Must not write a name.
 * Used by web's handlers under /api/. */
#ifndef API_REPORTS_H
#define API_REPORTS_H

#include "service/report/taken.h"

/* One document in keep. Errors: E_TOO_LARGE, E_NO_MEMORY. */
MUST_USE Err write_report(const ReportTold *told, Arena *keep, Str *ret_body);
MUST_USE Err write_reports(const ReportList *list, Arena *keep, Str *ret_body);

#endif

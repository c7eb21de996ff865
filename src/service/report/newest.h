/* The newest archive report of an entered log, and whether it tells all that stands there.
 * Must not open it.
 * Used by the acts that end a log: decided, ordered and approved is what was asked about anew each time. Rule: deletion 5. */
#ifndef SERVICE_REPORT_NEWEST_H
#define SERVICE_REPORT_NEWEST_H

#include "service/log/entered.h"
#include "service/service.h"

/* *ret_row: zeros where there is none that is as new as the log. Errors: those of the store. */
MUST_USE Err report_newest(const Actor *actor, const LogEntered *entered, Arena *keep, ReportRow *ret_row);
/* In the work of an act that goes by it: it is the log's report still. Errors: E_STALE. */
MUST_USE Err report_still(Tx *tx, Id log, Id report, Arena *scratch);

#endif

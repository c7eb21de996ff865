/* The archive report of a log: what is told of it, the file, and the list of those that outlived their logs.
 * Must not name a person in a file's name.
 * Called through the table of routes. Rule: deletion 5. */
#ifndef WEB_REPORT_REPORT_H
#define WEB_REPORT_REPORT_H

#include "web/call/call.h"

/* GET /logg/{id}/rapport */
MUST_USE Err log_report_page(Call *call);
/* POST /logg/{id}/rapport: the package, for a reason and with a fresh code. */
MUST_USE Err log_report_send(Call *call);
/* GET /logg/{id}/rapport/lages: how far one is that was ordered. */
MUST_USE Err log_report_order_page(Call *call);
/* GET /rapporter */
MUST_USE Err reports_page(Call *call);
#endif

/* An archive report that is ordered: how far it is, for whoever may make one.
 * Must not open the log. Nothing of it is shown, so only a refusal has a line.
 * Called by web, and by serve's thread, which asks whether there is anything to do. Rules: deletion 5, web 26. */
#ifndef SERVICE_REPORT_ORDERED_H
#define SERVICE_REPORT_ORDERED_H

#include "service/log/reader.h"

typedef struct ReportOrdered {
    ReportOrderRow order; /* zeros: none stands: it is made, or was never ordered */
    uint32_t display;     /* the log's number */
    int64_t made_at;      /* of the report that there is; 0: none */
} ReportOrdered;

/* Errors: E_NOT_FOUND, E_FORBIDDEN as the act that makes one. */
MUST_USE Err report_ordered(const LogReader *reader, Id log, ReportOrdered *ret_ordered);
/* Whether there is anything for the job to do in a municipality. */
MUST_USE Err report_orders_wait(Store *store, bool *ret_any);

#endif

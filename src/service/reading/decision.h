/* The page of a deletion that is ordered, for whoever decides about it: what is to be deleted, why, by whom, and who asks that it be
 * stopped. Of the content no more than how much there is.
 * Must not show anything before log_read_line has said yes.
 * Called by open.c. Rules: deletion 2, 6, 8. */
#ifndef SERVICE_READING_DECISION_H
#define SERVICE_READING_DECISION_H

#include "service/log/reader.h"
#include "service/log/view.h"

/* Errors: as log_enter for ACT_DECISION_READ. */
MUST_USE Err log_open_decision(const LogReader *reader, Id log, LogView *ret_view);
/* When it was ordered and approved, and when it is carried out. */
void log_order_times(const DeletionRow *row, LogOrder *order);

#endif

/* What a page shows beside the log, read in the same snapshot: units, the newest openings, own drafts.
 * Must not open anything: the names are opened when the line is durable.
 * Called by enter. */
#ifndef SERVICE_LOG_BESIDE_H
#define SERVICE_LOG_BESIDE_H

#include "service/log/entered.h"
#include "store/store.h"

/* Reads it in the snapshot in which the log is entered. */
MUST_USE Err log_beside_read(Tx *tx, const LogEntered *entered, Arena *keep, LogBeside *ret_beside);

#endif

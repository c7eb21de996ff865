/* What a procedure about a log asked for, as an entry of that log: in its history, for whoever reads it.
 * Must not be corrected nor removed afterwards: no kind that is written this way has an act of its own.
 * Called by service/acts/procedure. */
#ifndef SERVICE_LOG_KEEP_H
#define SERVICE_LOG_KEEP_H

#include "service/log/deed.h"

/* Seals deed->asked as a new entry of its kind, which the change puts in. Errors: E_INVALID when it does not fit its fields,
 * E_TOO_LARGE when the log is full. */
MUST_USE Err log_keep(const Deed *deed, const LogEntered *entered, LogChange *change);

#endif

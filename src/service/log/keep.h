/* What a procedure about a log asked for, as an entry of that log: in its history, for whoever reads it.
 * Must not be corrected nor removed afterwards: no kind that is written this way has an act of its own.
 * Called by service/acts/procedure. */
#ifndef SERVICE_LOG_KEEP_H
#define SERVICE_LOG_KEEP_H

#include "service/log/deed.h"

/* Seals values as a new entry of their kind, which the change puts in; a deed may write one of its own before. Errors:
 * E_INVALID when it does not fit its fields, E_TOO_LARGE when the room for such is full. */
MUST_USE Err log_keep(const Deed *deed, const LogEntered *entered, const Values *values, LogChange *change);

#endif

/* The way into a log that is due, or follows its unit, for a job: the birth date from its header, its head, its plain rows; no entry is
 * opened.
 * Must not be used where somebody asks: it decides no right of anybody.
 * Called by the room jobs. Rules: clocks 11, keys 11. */
#ifndef SERVICE_LOG_DUE_H
#define SERVICE_LOG_DUE_H

#include "service/log/entered.h"
#include "service/log/reader.h"

/* The reader's actor is nobody, with a grant of no person. Of the child only the birth date is known, of the keys only the header's
 * and the head's. Errors: E_STALE (it is not due, or held), E_NOT_FOUND, E_FORGED (the log is held now), those of keys. */
MUST_USE Err log_enter_due(const LogReader *reader, Id log, LogEntered *ret_entered);
/* The same of a log that goes to the unit which follows a closed one, on whatever day. Errors: E_STALE when it is held or deleted. */
MUST_USE Err log_enter_following(const LogReader *reader, Id log, LogEntered *ret_entered);
/* The same of a log that another municipality takes, or does not: with how it is on its way. Errors: E_STALE when no transfer of it
 * waits, or it is held, restricted or ordered to be deleted. */
MUST_USE Err log_enter_leaving(const LogReader *reader, Id log, LogEntered *ret_entered);

#endif

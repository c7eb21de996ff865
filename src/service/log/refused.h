/* Why an act on a log was refused, for somebody who reads that log now.
 * Must not tell anybody else, nor write a line: the refusal has its own.
 * Called by web when a change was refused. Rule: web 5. */
#ifndef SERVICE_LOG_REFUSED_H
#define SERVICE_LOG_REFUSED_H

#include "domain/policy.h"
#include "service/log/reader.h"

/* What was refused. */
typedef struct Refused {
    Id log;
    Id entry;
    Act act;
} Refused;

/* *ret_why: what the policy says of the act now; WHY_ALLOWED when what it was about is not there any more. entry: which one it
 * was about, none or another id when it was about no entry. An absent log costs the same statements as one that the asker may
 * not know of. Errors: E_FORBIDDEN, E_NOT_FOUND, E_INVALID for whoever does not read the log now; those of log_enter. */
MUST_USE Err log_why_refused(const LogReader *reader, const Refused *refused, Why *ret_why);

#endif

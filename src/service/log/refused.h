/* Why an act on a log was refused, for somebody who reads that log now.
 * Must not tell anybody else, nor write a line: the refusal has its own.
 * Called by web when a change was refused. Rule: web 5. */
#ifndef SERVICE_LOG_REFUSED_H
#define SERVICE_LOG_REFUSED_H

#include "domain/policy/policy.h"
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

/* A log that somebody knows of and may not read: with whom to ask. */
typedef struct Shut {
    bool told;     /* they know that it exists, and read neither it nor, after a reason, could: "Du har ikke tilgang" */
    Str unit_name; /* responsible; empty for family, who are told to ask the municipality */
} Shut;

/* Errors: those of the store and the keys. Who does not know of the log costs what an absent log costs. */
MUST_USE Err log_is_shut(const LogReader *reader, Id log, Shut *ret_shut);

#endif

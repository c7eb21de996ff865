/* The copy that the family of a log is offered before its deletion: whether one is, and who has taken or waived it.
 * Must not open anything but the header, nor that where nobody asks about a copy.
 * Called by enter and the acts. Rule: deletion 1. */
#ifndef SERVICE_LOG_COPY_H
#define SERVICE_LOG_COPY_H

#include "service/log/change.h"
#include "service/log/entered.h"

/* What is known of it when the child's entry is open: entered->copy. Errors: E_FORGED. */
MUST_USE Err log_copy_open(LogEntered *entered, int64_t now, Arena *keep);
/* FLAG_COPY_OPEN, and FLAG_COPY_AWAITED while the deletion waits for an answer, of an entered log. */
Flags log_copy_flags(const LogEntered *entered, int64_t now);
/* This person has taken or waived the copy that is offered now. */
bool log_copy_answered(const LogEntered *entered, Id person);
/* Everybody else to whom it is offered has: the guardians and a child who is old enough to consent; of an adult the adult alone.
 * False where nobody is there who could: then the days run out. */
bool log_copy_settled(const LogEntered *entered, Id person, int64_t now);
/* A copy is offered from this day on; 0: no more. Errors: as log_header_to_change. */
MUST_USE Err log_change_copy(const LogEntered *entered, Day offered_on, Arena *keep, LogChange *change);

#endif

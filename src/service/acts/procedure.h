/* Carries out a row of the table of procedures, whichever it is.
 * Must not know a procedure by name: what each does stands in its own file (service/log/deed.h).
 * Called by web and api. */
#ifndef SERVICE_ACTS_PROCEDURE_H
#define SERVICE_ACTS_PROCEDURE_H

#include "service/log/deed.h"
#include "service/log/reader.h"

/* Before the form of a procedure about a log is shown. Nothing is opened but, for the family, the header: what they may do hangs on
 * the child's age. So there is no line but a refusal's.
 * *ret_reason: the actor must give a reason. *ret_display: the log's public number.
 * Errors: E_NOT_FOUND, E_FORBIDDEN, E_HELD as log_open. */
MUST_USE Err procedure_ask(const LogReader *reader, const Procedure *procedure, Id log, bool *ret_reason, uint32_t *ret_display);

/* Whether all that is missing for it is a reason: for whoever was asked for one when they opened the log. No line: the opening
 * has its own. */
MUST_USE Err procedure_wants_reason(const Actor *actor, const Procedure *procedure, Id log, bool *ret_reason);

/* Carries it out with its line, in one transaction. *ret_why: WHY_ASK_REASON when E_REASON means that deed->opening is
 * missing. Errors: as log_open; E_INVALID when what was asked does not fit the log; E_STALE when the entry went on meanwhile;
 * E_PROVE where the act asks for a code anew; E_REPLAYED. */
MUST_USE Err procedure_carry_out(Deed *deed, Why *ret_why);

#endif

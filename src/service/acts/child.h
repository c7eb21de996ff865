/* The child of a log: let in by the holder, and kept out again.
 * Must not keep a child of consent age out without a reason.
 * Called by web and api. Rule: access 15. */
#ifndef SERVICE_ACTS_CHILD_H
#define SERVICE_ACTS_CHILD_H

#include "service/acts/guardian_rows.h"

/* Lets the child in, for the holder only (rules: access 15). One who was let in before gets the same account.
 * Errors: as log_open; E_INVALID when the child is in; E_PROVE. */
MUST_USE Err log_child_let_in(Service *service, const Actor *actor, Id log, Arena *keep, GuardianCode *ret_code);
/* Closes the log to the child again. From the municipality's consent age, and when the age is unknown, a reason of up to
 * 300 characters is needed: a right to be heard. Errors: as log_open; E_INVALID (no reason, or too long); E_STALE when the
 * child is not in. */
MUST_USE Err log_child_keep_out(Service *service, const Actor *actor, Id log, Str reason);

#endif

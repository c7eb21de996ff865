/* Whose consent it is when somebody of the family acts for themselves.
 * Must not take one who has left.
 * Called by the acts of this room that the family does. */
#ifndef SERVICE_ACTS_CONSENT_OWN_PART_H
#define SERVICE_ACTS_CONSENT_OWN_PART_H

#include "service/log/deed.h"

/* The actor's participation in the log, in the role that they act in. Errors: E_INVALID without one that runs. */
MUST_USE Err own_part(const Deed *deed, const LogEntered *entered, Id *ret_participant);

#endif

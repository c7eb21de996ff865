/* A guardian who comes later says yes in the app, and is taken into the log by whoever asked them.
 * Must not take in somebody who wrote of another child.
 * Called by web and api. Rules: consent 3, 5-7, sign-in 1. */
#ifndef SERVICE_ACTS_INVITATION_INVITATION_JOIN_H
#define SERVICE_ACTS_INVITATION_INVITATION_JOIN_H

#include "service/acts/invitation/pending.h"

/* Whether this person may ask another guardian of this log, now. Errors: as log_enter's refusals, with their line; E_INVALID where the
 * child's address is protected: whoever is asked is told the units, which would say where the child is. */
MUST_USE Err invitation_may_join(Service *service, const Actor *actor, Id log, Arena *scratch);
/* By the rules of a guardian who joins (guardian.h), in the work in which the invitation goes; *ret_log is theirs now. Errors:
 * E_NOT_FOUND when it is not one's own, over, not answered, or of no log; E_RANGE when they wrote of another child; those of
 * log_guardian_add; E_STALE. */
MUST_USE Err invitation_join(Service *service, const Actor *actor, Id invitation, Arena *keep, Id *ret_log);

#endif

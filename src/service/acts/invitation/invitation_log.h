/* The log of an invitation to which all have said yes: made by the rules of create.c, in the work in which the invitation goes.
 * Must not open what was said before all have said it.
 * Called by web and api. Rules: consent 3, scenarios 12. */
#ifndef SERVICE_ACTS_INVITATION_INVITATION_LOG_H
#define SERVICE_ACTS_INVITATION_INVITATION_LOG_H

#include "service/acts/create.h"

/* Their consents are those that they gave in the app, each with its own day; accounts that were made for the invitation get the names
 * that their owners typed. Errors: E_FORBIDDEN; E_NOT_FOUND when it is not one's own, over, or not answered by all; E_INVALID when a
 * unit has closed or a consent is over; E_STALE when somebody answered or signed in at this very moment; those of log_create. */
MUST_USE Err invitation_log(Service *service, const Actor *actor, Id invitation, Arena *keep, CreatedLog *ret_created);

#endif

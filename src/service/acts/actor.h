/* Staff in a log: let in, and out again.
 * Must not let in anybody from a unit that the consents do not name.
 * Called by web and api. Rules: access 8, 24, consent 19, sign-in 1. */
#ifndef SERVICE_ACTS_ACTOR_H
#define SERVICE_ACTS_ACTOR_H

#include "service/service.h"

/* A role of this kind that its bearer holds now. Errors: E_INVALID: it is an invalid choice. */
MUST_USE Err staff_role(const Actor *actor, Id role_row, Role role, RoleRow *ret_role);
/* Lets a staff member with an active role in a consented unit take part. Errors: E_FORBIDDEN; E_INVALID when the unit is
 * not in the consent's scope. */
MUST_USE Err log_actor_add(Service *service, const Actor *actor, Id log, Id role_row, Id *ret_participant);
MUST_USE Err log_participant_end(Service *service, const Actor *actor, Id log, Id participant);

#endif

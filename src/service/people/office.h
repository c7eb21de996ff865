/* Whether the role that somebody acts in is theirs now: asked again in the work that acts.
 * Must not know what they may do: policy does.
 * Called by the other parts of people, by acts, reading and jobs. */
#ifndef SERVICE_PEOPLE_OFFICE_H
#define SERVICE_PEOPLE_OFFICE_H

#include "service/service.h"

/* RELATION_UNIT while the role of the session is in force in its unit, RELATION_MUNICIPALITY for one that has no unit, else
 * RELATION_NONE. */
MUST_USE Err office_relation(Tx *tx, const Actor *actor, Relation *ret_relation);
/* The same where the role alone is asked about. Errors: E_FORBIDDEN when it is theirs no more. */
MUST_USE Err office_holds(Tx *tx, const Actor *actor);
/* This row is a role of this person's, in force now. Errors: E_NOT_FOUND when it is not. */
MUST_USE Err office_is_of(Tx *tx, Id role_row, Id person, int64_t now);
/* Somebody has this role among these now. */
bool roles_any(const RoleRows *roles, Role role, int64_t now);

#endif

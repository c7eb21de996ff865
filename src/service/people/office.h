/* Whether the role that somebody acts in is theirs now: asked again in the work that acts.
 * Must not know what they may do: policy does.
 * Called by acts about no log yet. */
#ifndef SERVICE_PEOPLE_OFFICE_H
#define SERVICE_PEOPLE_OFFICE_H

#include "service/service.h"

/* RELATION_UNIT while the role of the session is in force in its unit, RELATION_MUNICIPALITY for one that has no unit, else
 * RELATION_NONE. */
MUST_USE Err office_relation(Tx *tx, const Actor *actor, Relation *ret_relation);

#endif

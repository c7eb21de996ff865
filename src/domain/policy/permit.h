/* Proof that a person may do one act on one log: the store gives no row without it.
 * Must be made by policy_permit only (permit_is_made tells).
 * Used by store and service. */
#ifndef DOMAIN_PERMIT_H
#define DOMAIN_PERMIT_H

#include "base/id.h"
#include "domain/acts.h"
#include "domain/roles.h"

typedef struct Permit {
    Act act;
    Role role;
    Opening opening;         /* the reason given, OPENING_NONE where none is asked */
    Id person;
    Id log;                  /* none for acts that are not about a log */
    int64_t access_version;  /* of the log, when it was decided; the writer's savepoint decides again */
    uint64_t mark;           /* set by policy_permit */
} Permit;

/* False for a permit that policy_permit did not make (all zero, or put together by hand). */
bool permit_is_made(const Permit *permit);
/* A made permit for this act and this log. */
bool permit_is_for(const Permit *permit, Act act, Id log);

#endif

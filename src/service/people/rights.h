/* What a person may do here, and which of it somebody else may give them: what a one-time code is worth.
 * Must not count a right that has ended.
 * Called by the other parts of people, by session, acts and jobs. Rule: sign-in 3. */
#ifndef SERVICE_PEOPLE_RIGHTS_H
#define SERVICE_PEOPLE_RIGHTS_H

#include "service/service.h"

/* A role, a place in a log, or an invitation to consent before there is one. */
typedef struct Right {
    Id id;           /* of its row */
    enum Role role;
    Id unit;
    int64_t log_no;  /* 0: a role, or an invitation */
    Id asked_by;     /* who made the invitation; none: it is another right */
} Right;

typedef struct Rights {
    const Right *items;
    uint32_t count;
    bool all;        /* there are no others */
} Rights;

/* Who gives a right: in a log, the one whose act it is. */
typedef struct Giver {
    const Actor *actor;
    int64_t log_no;  /* in which they add somebody of the family; 0: none */
} Giver;

/* Every right of a person that has not ended, those to come included. Errors: E_FORGED when they are not those that were given. */
MUST_USE Err rights_of(Tx *tx, Id person, int64_t now, Arena *keep, Rights *ret_rights);
/* Those among them that this giver may give: roles as the policy says, with the places that its bearer has in logs for the same
 * unit; a place of the family in a log that is the giver's to coordinate; an invitation that is theirs. A command gives every role. */
MUST_USE Err rights_to_give(Tx *tx, const Giver *giver, Id person, Arena *keep, Rights *ret_rights);
/* Somebody is asked for a consent by an invitation that is not over: they are a guardian, though in no log yet. */
MUST_USE Err rights_is_asked(Tx *tx, Id person, int64_t now, Arena *scratch, bool *ret_asked);
/* In the work that gives it: the person has not got the same role in the same unit for a part of its period already. Errors: E_RANGE. */
MUST_USE Err role_is_new(Tx *tx, const RoleRow *role, Arena *scratch);

#endif

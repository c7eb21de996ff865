/* A new enrolment code for somebody who lost theirs, or the phone with the authenticator.
 * Must not let a manager become somebody who may see more than the manager's own unit.
 * Called by web and api. Rule: sign-in 3. */
#ifndef SERVICE_PEOPLE_CODE_H
#define SERVICE_PEOPLE_CODE_H

#include "service/people/enrolment_code.h"

/* A code, and whose it is. */
typedef struct StaffCode {
    Str name;
    EnrolmentCode code;
    bool whole;  /* else it opens something only together with a code of somebody else */
} StaffCode;

/* A new enrolment code for the bearer of a role, by whoever could appoint them to it, in the place of all former codes. Who
 * uses it sets user name, password and authenticator anew and may do all that the person may: so it is worth what the giver may
 * give and no more, an administrator's as a manager's. Somebody who also works in other units, administers, or has a log of their
 * own family needs a code from each of those who give that, and types them all.
 * Errors: E_FORBIDDEN; E_NOT_FOUND; E_INVALID for a role that has ended; E_PROVE. */
MUST_USE Err people_enrolment_code(Service *service, const Actor *actor, Id role_row, Arena *keep, StaffCode *ret_code);

#endif

/* A new enrolment code for somebody of a log's family.
 * Must not make one that is worth more than what this holder sees already, nor tell whether the account opens more.
 * Called by web and api. Rules: sign-in 1, 3. */
#ifndef SERVICE_ACTS_FAMILY_CODE_H
#define SERVICE_ACTS_FAMILY_CODE_H

#include "service/acts/guardian_rows.h"

/* Somebody who takes part in a log. */
typedef struct LogPart {
    Id log, participant;
} LogPart;

/* A new enrolment code for a guardian or the child. Who uses it sets user name, password and authenticator anew, so it is worth
 * this log and the holder's others: for an account that opens more it needs a code of somebody else beside it, which is told to
 * whoever uses it and not to the holder. Errors: as log_open; E_INVALID for somebody who does not take part; E_PROVE. */
MUST_USE Err log_family_code(Service *service, const Actor *actor, LogPart part, Arena *keep, GuardianCode *ret_code);

#endif

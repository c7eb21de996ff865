/* A guardian leaves a log: access, phone, e-mail and consent go in one transaction, and with the consent the log's activity.
 * Must not leave a log active on a consent whose giver has gone, nor an account that opens nothing.
 * Called by web and api. Rules: access 28, consent 14, scenarios 11, 14, keys 15. */
#ifndef SERVICE_ACTS_GUARDIAN_END_H
#define SERVICE_ACTS_GUARDIAN_END_H

#include "service/service.h"

/* A guardian who has lost the responsibility: loses access at once, phone and e-mail are erased, and so is an account that
 * opens nothing else, from every file of the database. Of a log under legal hold nothing is
 * erased before that is lifted (rules: states 8). Their consent counts no longer, so that an active log becomes passive
 * in the same transaction (rules: scenarios 11, 14). Errors: as log_open; E_INVALID for anybody but a guardian; E_STALE
 * when it has ended already. */
MUST_USE Err log_guardian_end(Service *service, const Actor *actor, Id log, Id participant);

#endif

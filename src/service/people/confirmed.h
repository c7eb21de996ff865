/* When the list of staff was confirmed last, and that it is now.
 * Must not show a name.
 * Called by web, api and the job `staff`. Rule: rest 11. */
#ifndef SERVICE_PEOPLE_CONFIRMED_H
#define SERVICE_PEOPLE_CONFIRMED_H

#include "service/service.h"

/* From when the clock of the list runs: its last confirmation, else the first appointment of an administrator. 0: there is none. */
MUST_USE Err staff_confirmed_at(Tx *tx, int64_t now, Arena *scratch, int64_t *ret_at);
/* An administrator has gone through the list. Errors: E_FORBIDDEN. */
MUST_USE Err staff_confirm(const Actor *actor);

#endif

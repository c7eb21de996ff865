/* Takes the key agent's own journal into the host's audit.
 * Must not lose an act, nor write one twice.
 * Called by serve's thread. Rule: keys 9. */
#ifndef SERVICE_MUNICIPALITY_JOURNAL_H
#define SERVICE_MUNICIPALITY_JOURNAL_H

#include "service/service.h"

/* One line in the host's database for each act: at the time it happened, of the custodian or about the municipality; reason
 * is the event's number, amount the act's number in the journal, and a failure's outcome is "failed".
 * *ret_taken is how many. Errors: E_SEALED, those of keys and store. */
MUST_USE Err journal_take_in(Service *service, uint32_t *ret_taken);

#endif

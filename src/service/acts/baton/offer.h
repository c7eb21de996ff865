/* The baton is offered to another holder, who takes it or does not.
 * Must not be offered to a unit that the consents do not name: that is a transfer.
 * Called by web. Rule: rest 6. */
#ifndef SERVICE_ACTS_BATON_OFFER_H
#define SERVICE_ACTS_BATON_OFFER_H

#include "service/service.h"

/* Offers it for 14 days to whoever bears this role now; the holder stays who they are. Errors: E_INVALID when the role is not
 * that of another holder, has ended, is of a unit that the consents do not name, or when an offer waits already; as log_enter. */
MUST_USE Err baton_offer(Service *service, const Actor *actor, Id log, Id role_row);

#endif

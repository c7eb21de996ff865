/* The baton as it stands in the rows of its log: who holds it, to whom it is offered, and the rows of an answer.
 * Must not decide who may answer: the policy does.
 * Used by the other files of this room. Rule: rest 6. */
#ifndef SERVICE_ACTS_BATON_OFFERED_H
#define SERVICE_ACTS_BATON_OFFERED_H

#include "service/log/deed.h"

/* The participation of an offer that waits for an answer; NULL when there is none. to: whom it must be made to; none: anybody. */
const ParticipantRow *baton_offered(const LogEntered *entered, Id to, int64_t now);
/* The holder's own participation, which runs; NULL when somebody stands in. */
const ParticipantRow *baton_held(const LogEntered *entered);

/* An offer that ends without having been accepted. Errors: E_INVALID when there is none for `to`; E_FORGED. */
MUST_USE Err baton_unanswered(const Deed *deed, const LogEntered *entered, Id to, LogChange *change);

#endif

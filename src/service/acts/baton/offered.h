/* The baton as it stands in the rows of its log: who holds it, to whom it is offered, and the rows of an answer.
 * Must not decide who may answer: the policy does.
 * Used by the other files of this room. Rules: rest 6, 9. */
#ifndef SERVICE_ACTS_BATON_OFFERED_H
#define SERVICE_ACTS_BATON_OFFERED_H

#include "service/log/deed.h"
#include "service/log/reader.h"

/* The participation of an offer that waits for an answer; NULL when there is none. to: whom it must be made to; none: anybody. */
const ParticipantRow *baton_offered(const LogEntered *entered, Id to, int64_t now);

/* An offer that ends without having been accepted. Errors: E_INVALID when there is none for `to`; E_FORGED. */
MUST_USE Err baton_unanswered(const Deed *deed, const LogEntered *entered, Id to, LogChange *change);

/* The baton on its way: the former holder's part and an offer that waited are over, and the new holder's begins. */
typedef struct BatonTo {
    Service *service;
    int64_t now;
    Id person, unit;
    uint16_t service_code;
    Str name;
} BatonTo;
typedef struct BatonPassing {
    PlaceEnd over[2]; /* the offer, and the former holder */
    uint32_t over_count;
    ParticipantRow holder;
} BatonPassing;
MUST_USE Err baton_pass(const BatonTo *to, const LogEntered *entered, Arena *scratch, BatonPassing *ret_passing);
/* In the work: never two holders, and never none. */
MUST_USE Err baton_put(Tx *tx, const BatonPassing *passing);
/* Whom it is told to: the family, the managers of both units, and the holder whose part is over. */
MUST_USE Err baton_told(const LogReader *reader, const LogEntered *entered, Id unit, InboxRows *ret_rows);
/* And whoever has it now, who did not ask for it. */
MUST_USE Err baton_tell(Service *service, const BatonTo *to, const LogEntered *entered, Arena *scratch, InboxRows *rows);

#endif

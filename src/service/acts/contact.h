/* How a guardian who has left was reached, and the account that opened nothing else: erased, unless a log must be kept.
 * Must not erase an account while a log that must be kept has its owner's contact.
 * Called by guardian_end.c, by procedure.c and by the act that lifts a legal hold. Rules: access 28, states 8. */
#ifndef SERVICE_ACTS_CONTACT_H
#define SERVICE_ACTS_CONTACT_H

#include "service/log/entered.h"

/* The row sealed for its next version, which is written over it: no earlier version keeps what is erased. kept: with phone and
 * e-mail as they are. */
MUST_USE Err contact_seal(const LogEntered *entered, bool kept, Arena *scratch, ParticipantRow *row);

/* Who leaves which log. */
typedef struct ContactGone {
    Id person;
    Id participant; /* by which they took part, and which this work ends after the account */
    int64_t log_no;
    int64_t now;
    Arena *scratch;
} ContactGone;

/* In a work, before the row, which then asks for no rights: an account only points to participations and goes with the last. It stays with whoever works here, or
 * will, and while another log in which they took part must be kept. Invitations that ask them end with it (rules: consent 3). Fine where it has gone already. */
MUST_USE Err contact_account_delete(Tx *tx, const ContactGone *gone);

/* Erased is what lies in no file any more. A long reading holds that up, not the answer: serve's thread goes on trying. */
void contact_purge(Store *store);

#endif

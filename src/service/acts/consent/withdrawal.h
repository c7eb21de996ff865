/* A consent is withdrawn: the whole of it, and with it the log's activity, or for one service, and with it that service's people.
 * Must not ask why, nor refuse one because of what the log is today.
 * Called by the two acts of this room that withdraw. Rules: consent 6, 12, 13, scenarios 11. */
#ifndef SERVICE_ACTS_CONSENT_WITHDRAWAL_H
#define SERVICE_ACTS_CONSENT_WITHDRAWAL_H

#include "service/log/deed.h"

/* What is withdrawn, whoever brings it. */
typedef struct Withdrawal {
    Id giver; /* their participation in the log */
    Day on;   /* the day on which they said so */
    Str how;  /* as it stands in WITHDRAWAL_METHOD; empty: in the app, by themselves */
    bool whole; /* whatever deed->asked is about */
} Withdrawal;

/* Says in *change what becomes of the log. What is withdrawn stands in deed->asked. Errors: E_INVALID when this person's newest consent was
 * withdrawn already, or they gave none or have left, or the service is none, or not in it, or the day lies before it. */
MUST_USE Err withdrawal_make(const Deed *deed, const LogEntered *entered, const Withdrawal *withdrawal, LogChange *change);

#endif

/* A change in a log: decided again in the work, over the very rows whose head was checked, and under a new head.
 * Must not renew the head over rows that nobody has checked.
 * Called by the rooms log, reading and acts. */
#ifndef SERVICE_LOG_CHANGE_H
#define SERVICE_LOG_CHANGE_H

#include "service/log/entered.h"

/* One change in an entered log. change is called in the work, after it was decided again and the rows were found to be
 * those whose head was checked; it may use store verbs only. */
typedef struct LogChange {
    const LogEntered *entered;
    Err (*change)(Tx *tx, void *context);
    void *context;
    const Values *header;  /* NULL: the header stays */
    int64_t wake_on;
    Act also;              /* what follows from it in the same work and has a line of its own, or ACT_NONE */
} LogChange;

/* Carries it out with its line and the new head. *ret_moved: somebody else wrote in between, nothing was changed (E_STALE);
 * enter the log anew and try again. */
MUST_USE Err log_change(const Actor *actor, const LogChange *change, Arena *scratch, bool *ret_moved);
/* The next day on which a rule must look at this log, as it stands. */
int64_t log_wake_of(const LogEntered *entered, const Actor *actor);
/* The first day, as UTC ms, on which a rule must look at the log: 30 days before a consent ends or its end, inactivity,
 * 90 days before the child is 18 (rounded down to the first of the month: settled 20). */
int64_t log_wake(const LogSettings *settings, int64_t now, int64_t consent_to, Str birth_date);

#endif

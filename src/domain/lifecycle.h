/* The life of a log: which event leads from which state to which, and whether a log's consents hold today (spec 2).
 * Must not know who acts: policy does. Takes days, never a clock.
 * Used by service and jobs. */
#ifndef DOMAIN_LIFECYCLE_H
#define DOMAIN_LIFECYCLE_H

#include "base/calendar.h"
#include "domain/states.h"

/* name, number, code */
#define EVENTS(X)                          \
    X(CLOSE, 1, "close")                   \
    X(REOPEN, 2, "reopen")                 \
    X(DELETION_ORDER, 3, "deletion_order") \
    X(DELETION_STOP, 4, "deletion_stop")   \
    X(PURGE, 5, "purge")

#define X(name, number, code) EVENT_##name = (number),
enum Event { EVENT_NONE = 0, EVENTS(X) EVENT_COUNT };
#undef X
typedef enum Event Event;

const char *event_code(Event event);

/* The state after an event; STATE_NONE refuses. */
State lifecycle_next(State state, Event event);

/* Why a log became passive: the closing reasons of spec 2, and that of scenario 14. The numbers stand in rows for ever. */
#define CLOSINGS(X)                                                                                      \
    X(GOAL_REACHED, 1) X(WISH, 2) X(PLAN_TAKES_OVER, 3) X(MOVED, 4) X(CONSENT_WITHDRAWN, 5)              \
    X(CONSENT_EXPIRED, 6) X(NO_ACTIVITY, 7) X(OF_AGE, 8) X(MISTAKE, 9) X(RESPONSIBILITY_CHANGED, 10)

#define X(name, number) CLOSING_##name = (number),
enum Closing { CLOSING_NONE = 0, CLOSINGS(X) };
#undef X

/* One required person's consent. Days in Norwegian time. */
typedef struct Consent {
    Day given_on;
    Day valid_to;     /* last day on which it holds */
    bool withdrawn;
} Consent;

/* FLAG_CONSENT_INVALID and FLAG_IN_GRACE for today: every required person must have a consent that is given, not
 * expired and not withdrawn. Grace (0..30 days) runs after expiry, never after a withdrawal or without a consent. */
Flags consent_flags(const Consent *consents, uint32_t count, uint32_t required, Day today, unsigned grace_days);

/* The last day until which a consent given on a day may hold: months (1..12) is the municipality's setting. */
Day consent_longest(Day given_on, unsigned months);

/* FLAG_OF_AGE when a child born on birth is 18 today. */
Flags age_flags(Day birth, Day today);

#endif

/* The life of a log: which event leads from which state to which, and how old its child is (rules: states 2-5).
 * Must not know who acts: policy does. Takes days, never a clock.
 * Used by service and jobs. */
#ifndef DOMAIN_LIFECYCLE_H
#define DOMAIN_LIFECYCLE_H

#include "base/calendar.h"
#include "domain/settings.h"
#include "domain/states.h"
#include "domain/values.h"

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

/* Why a log became passive: the closing reasons (rules: states 9). The numbers stand in rows for ever. */
#define CLOSINGS(X)                                                                                      \
    X(GOAL_REACHED, 1) X(WISH, 2) X(PLAN_TAKES_OVER, 3) X(MOVED, 4) X(CONSENT_WITHDRAWN, 5)              \
    X(CONSENT_EXPIRED, 6) X(NO_ACTIVITY, 7) X(OF_AGE, 8) X(MISTAKE, 9) X(RESPONSIBILITY_CHANGED, 10)     \
    X(CONSENT_AGE, 11)

#define X(name, number) CLOSING_##name = (number),
enum Closing { CLOSING_NONE = 0, CLOSINGS(X) };
#undef X

/* What the reason of its closing says about a log for ever, until somebody has settled it: a changed responsibility leaves a
 * consent that is not good, whatever stands in the rows. */
Flags closing_flags(unsigned closed_reason);
/* The log lost its consent: archive or deletion is to be settled. */
bool closing_loses_consent(unsigned closed_reason);

/* Since when a log is quiet, and how often in a row it was confirmed that it stays open (rules: rest 1, 2). */
typedef struct Quiet {
    int64_t since;       /* the last activity or confirmation, later by the time in which the log rested */
    unsigned confirmed;
    int64_t active_at;   /* the last activity itself */
    int64_t rests_from;
} Quiet;
#define CONFIRMED_MOST 2

Quiet quiet_after(int64_t active_at);
/* Each entry of the log, in the order of writing: those that do not matter change nothing. */
void quiet_lives(Quiet *quiet, KindId kind, int64_t at);

/* The state as it is today, whether or not a job has written it down: a log whose consent is over, or whose child is of age, is
 * passive; in the grace it stays what it was. */
State lifecycle_today(State stored, Flags flags);

/* FLAG_ADDRESS_PROTECTED from the details of a child. */
Flags child_flags(const Values *child);

/* FLAG_OF_AGE when a child born on birth is 18 today. */
Flags age_flags(Day birth, Day today);
/* FLAG_CONSENT_AGE when a child born on birth has reached the age of consent today: a setting, in years. */
Flags consent_age_flags(Day birth, Day today, int years);
/* FLAG_CONSENT_NEAR from 90 days before that. */
Flags consent_near_flags(Day birth, Day today, const Settings *settings);
/* Whole years. birth is not after today. */
int age_at(Day birth, Day today);

#endif

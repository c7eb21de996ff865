/* A day passes at once, so that whoever tries the product can watch what a night brings.
 * Must not be there outside mode test: serve makes it there and nowhere else, and the mode is asked again.
 * Made by serve; called by web, and by serve's thread, which stands still meanwhile. Rule: clocks 5. */
#ifndef SERVICE_JOBS_DAY_H
#define SERVICE_JOBS_DAY_H

#include "service/jobs/jobs.h"

/* Who moves the time of this installation forward. Errors: E_MODE outside mode test, E_NO_AGENT. */
typedef struct TimeMover {
    void *self;
    Err (*advance)(void *self, int64_t by_ms);
} TimeMover;

MUST_USE Err days_new(TimeMover mover, Arena *keep, Days **ret_days);
void days_freep(Days **days);

/* No day passes between the two; NULL is fine. */
void days_stand_still(Days *days);
void days_go_on(Days *days);

/* What a day brought. */
typedef struct DayPassed {
    int64_t at;         /* the moment that it is now; 0: no day has passed */
    uint32_t looked_at; /* logs that were due */
    uint32_t closed;    /* those that became passive by it */
    uint32_t told;      /* rows put into inboxes */
} DayPassed;

/* Whether a day can be made to pass here. */
bool day_may_pass(const Service *service);

/* The same minute of the next day, and all that fell due by then, run as serve's thread runs it, in every municipality.
 * Errors: E_MODE where no day can be made to pass, E_NO_AGENT: nothing has happened. E_BUSY (another server runs a job), E_SEALED and
 * those of a job: the day has passed, and what is left is made up within a minute. */
MUST_USE Err day_pass(Service *service);

/* The last day that passed here; of at 0 where none has. */
DayPassed day_passed(const Service *service);

#endif

/* A period with a beginning and, perhaps, an end: roles, participations, consents. Decided here and nowhere else.
 * Must not read a clock: the time is an argument.
 * Used by consent, service, web. In the store the same rule is SQL. */
#ifndef DOMAIN_PERIOD_H
#define DOMAIN_PERIOD_H

#include "base/calendar.h"

/* UTC ms. from_at is part of it, to_at is not: the first moment at which it is over. to_at 0: no end is set. */
typedef struct Period {
    int64_t from_at;
    int64_t to_at;
} Period;

/* The period of a row that has both columns. */
#define PERIOD_OF(row) ((Period){.from_at = (row)->from_at, .to_at = (row)->to_at})

/* Has begun and has not ended. */
bool period_in_force(Period period, int64_t now);
/* Has begun, whether it goes on or not. */
bool period_has_begun(Period period, int64_t now);
bool period_has_ended(Period period, int64_t now);
/* Goes on, or begins later, and has an end that is still to come. */
bool period_will_end(Period period, int64_t now);
/* Somebody has set an end, whenever it is: what was ended once is not ended again. */
bool period_has_end(Period period);
/* An end that leaves something of the period. */
bool period_is_whole(Period period);

/* What is offered begins after its end, and so never runs: it may be accepted until that end, and ends when it is answered. */
Period period_offered(int64_t until);
/* It waits for an answer. */
bool period_is_offered(Period period, int64_t now);
/* It was never more than an offer. */
bool period_is_offer(Period period);

/* There is a moment that both hold. */
bool period_overlaps(Period a, Period b);
/* The first part of a period that none of those held covers. False when they cover it all; then *ret_gap is untouched. */
bool period_gap(const Period *held, uint32_t count, Period wish, Period *ret_gap);
/* -1, 0, 1 by their beginnings. */
int period_order(Period a, Period b);

/* The first moment after a last day in Norwegian time, and the last day of a period with that end. */
int64_t period_end_of(Day last);
Day period_last_day(int64_t to_at);

#endif

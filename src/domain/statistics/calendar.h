/* When statistics are published: each half-year, or as often as the municipality wants, thirty days after its end (rules: statistics 8).
 * Must not read a clock: days come in.
 * Used by service/statistics. */
#ifndef DOMAIN_STATISTICS_CALENDAR_H
#define DOMAIN_STATISTICS_CALENDAR_H

#include "base/calendar.h"

#include <stdint.h>

#define PUBLISHED_AFTER_DAYS 30

/* The number of a quarter, year * 4 + 0..3, and back: its first day. */
uint16_t quarter_of(Day day);
Day quarter_first(unsigned quarter);

/* The last quarter that is over on this day. */
uint16_t quarter_over(Day today);
/* The last quarter of the newest half-year whose publication is due on this day; and where so many quarters (1, 2, 4) are published
 * together. */
uint16_t publication_last(Day today);
uint16_t publication_last_of(Day today, unsigned quarters);
/* The day on which the publication that ends with this quarter is due. */
Day publication_due(unsigned last);
/* The day of the next publication after one that ends with `last`; 0: there is none yet. Never before today. */
Day publication_next(unsigned last, Day today, unsigned quarters);

#endif

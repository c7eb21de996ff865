/* Quarters and half-years.
 * Must not know what is published.
 * Called by service/statistics. */
#include "domain/statistics/calendar.h"

#define HALF 2 /* quarters */

uint16_t quarter_of(Day day)
{
    const Date date = date_from_day(day);

    return (uint16_t)((unsigned)date.year * 4 + (date.month - 1) / 3);
}

Day quarter_first(unsigned quarter)
{
    return day_from_date((Date){.year = (int)(quarter / 4), .month = quarter % 4 * 3 + 1, .day = 1});
}

uint16_t quarter_over(Day today)
{
    return (uint16_t)(quarter_of(today) - 1);
}

Day publication_due(unsigned last)
{
    return quarter_first(last + 1) + PUBLISHED_AFTER_DAYS;
}

/* A year ends with its fourth quarter, however many are published together. */
uint16_t publication_last_of(Day today, unsigned quarters)
{
    unsigned last = quarter_of(today) / quarters * quarters + quarters - 1;

    while (publication_due(last) > today)
        last -= quarters;
    return (uint16_t)last;
}

uint16_t publication_last(Day today)
{
    return publication_last_of(today, HALF);
}

Day publication_next(unsigned last, Day today, unsigned quarters)
{
    unsigned next = publication_last_of(today, quarters);

    while (last == 0 ? publication_due(next) <= today : next <= last)
        next += quarters;
    const Day due = publication_due(next);
    return due > today ? due : today;
}

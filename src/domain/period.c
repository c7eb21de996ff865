/* Questions about a beginning and an end.
 * Must not treat an end of 0 as a time.
 * Called by consent, service, web. */
#include "domain/period.h"

bool period_has_end(Period period)
{
    return period.to_at != 0;
}

bool period_has_begun(Period period, int64_t now)
{
    return period.from_at <= now;
}

bool period_has_ended(Period period, int64_t now)
{
    return period_has_end(period) && period.to_at <= now;
}

bool period_in_force(Period period, int64_t now)
{
    return period_has_begun(period, now) && !period_has_ended(period, now);
}

bool period_will_end(Period period, int64_t now)
{
    return period_has_end(period) && now < period.to_at;
}

bool period_is_whole(Period period)
{
    return !period_has_end(period) || period.from_at < period.to_at;
}

Period period_offered(int64_t until)
{
    return (Period){.from_at = until + 1, .to_at = until};
}

bool period_is_offer(Period period)
{
    return period_has_end(period) && period.to_at < period.from_at;
}

bool period_is_offered(Period period, int64_t now)
{
    return period_is_offer(period) && period_will_end(period, now);
}

bool period_overlaps(Period a, Period b)
{
    return !period_has_ended(a, b.from_at) && !period_has_ended(b, a.from_at);
}

/* The end of what is in force at a moment: the latest of all, 0 when one has none, the moment itself when nothing is. */
static int64_t held_until(const Period *held, uint32_t count, int64_t at)
{
    int64_t until = at;

    for (uint32_t i = 0; i < count; i++) {
        if (!period_in_force(held[i], at))
            continue;
        if (!period_has_end(held[i]))
            return 0;
        until = held[i].to_at > until ? held[i].to_at : until;
    }
    return until;
}

bool period_gap(const Period *held, uint32_t count, Period wish, Period *ret_gap)
{
    int64_t at = wish.from_at;

    for (int64_t until = held_until(held, count, at); until != at; until = held_until(held, count, at)) {
        if (until == 0)
            return false;
        at = until;
    }
    if (period_has_ended(wish, at))
        return false;
    *ret_gap = (Period){.from_at = at, .to_at = wish.to_at};
    for (uint32_t i = 0; i < count; i++)
        if (held[i].from_at > at && !period_has_ended(*ret_gap, held[i].from_at))
            ret_gap->to_at = held[i].from_at;
    return true;
}

int period_order(Period a, Period b)
{
    return (a.from_at > b.from_at) - (a.from_at < b.from_at);
}

int64_t period_end_of(Day last)
{
    return oslo_time(last + 1, 0);
}

Day period_last_day(int64_t to_at)
{
    return oslo_day(to_at - 1);
}

/* Six questions about a beginning and an end.
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

int64_t period_end_of(Day last)
{
    return oslo_time(last + 1, 0);
}

Day period_last_day(int64_t to_at)
{
    return oslo_day(to_at - 1);
}

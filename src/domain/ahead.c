/* What of a log still lies ahead: measures that go on, meetings that are to come.
 * Must not read a clock.
 * Used by service and web. Rule: web 23. */
#include "domain/ahead.h"

bool measure_goes_on(const Values *measure)
{
    unsigned state = values_code(measure, MEASURE_STATE);

    return state == MEASURE_STATE_PLANNED || state == MEASURE_STATE_RUNNING;
}

bool meeting_is_coming(const Values *meeting, int64_t now)
{
    unsigned minute = 0;
    Day day = 0;

    return is_ok(datetime_parse(values_at(meeting, MEETING_TIME), &day, &minute)) && oslo_time(day, minute) >= now;
}

bool meeting_is_on_or_after(const Values *meeting, Day from)
{
    unsigned minute = 0;
    Day day = 0;

    return is_ok(datetime_parse(values_at(meeting, MEETING_TIME), &day, &minute)) && day >= from;
}

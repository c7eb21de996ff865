/* What of a log still lies ahead: measures that go on, meetings that are to come.
 * Must not read a clock.
 * Used by service and web. Rule: web 23. */
#ifndef DOMAIN_AHEAD_H
#define DOMAIN_AHEAD_H

#include "base/calendar.h"
#include "domain/values.h"

/* Whether a measure is planned or under way. values: of KIND_MEASURE. */
bool measure_goes_on(const Values *measure);

/* Whether a meeting has not begun at `now` (UTC ms). values: of KIND_MEETING; one without a time is over. */
bool meeting_is_coming(const Values *meeting, int64_t now);

/* Whether a meeting is on that day of Norway or a later one: for what is kept and not looked at by the minute. */
bool meeting_is_on_or_after(const Values *meeting, Day day);

#endif

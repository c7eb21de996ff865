/* The dates of a log that somebody must be told of, as its header keeps them: deadlines of measures that go on, and meetings without
 * minutes, each with those whom it is for. So that a job need open no entry.
 * Must not hold a text of anybody.
 * Called by the other parts of the log service, by reading and by seed. Rules: clocks 17. */
#ifndef SERVICE_LOG_DATES_H
#define SERVICE_LOG_DATES_H

#include "domain/clocks.h"
#include "service/log/header.h"

/* So many dates are kept, the first ones, and of each date so many people; a meeting until nobody is asked for its minutes any more. */
#define DATES_MAX 48
#define DATES_PEOPLE_MAX 8

/* The dates among entries, as a text for the header. Errors: E_NO_MEMORY. */
MUST_USE Err log_dates_make(const LogOpened *entries, uint32_t count, Day today, Arena *keep, Str *ret_text);
/* The same text after one entry has changed, or is new. */
MUST_USE Err log_dates_renew(Str before, const LogOpened *after, Day today, Arena *keep, Str *ret_text);
/* What a header keeps; none of a header that was made before they were kept. Errors: E_FORGED for what is no such text. */
MUST_USE Err log_dates_read(const Values *header, Arena *keep, ClockDates *ret_dates);
/* Whether the entry names this participant. */
bool log_date_is_for(const ClockDate *date, Id participant);
/* Whether it is somebody's to see to: it names them; or they hold the log, and it is a meeting, or names nobody who still takes part. */
bool log_date_is_own(const ClockDate *date, const LogStanding *standing, const Actor *actor);

#endif

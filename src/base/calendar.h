/* Dates without a clock: UTC milliseconds to Norwegian civil time and back, months, ages, and the forms people type.
 * Must not read the clock or the locale. A date is a number of days (Day).
 * Used by domain, text, pages, jobs. */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include "base/buf.h"

/* 1 January 1800, the first that can be written, is 1: so zero, which means "no day" wherever a Day may be left out, is no day
 * that anybody can mean. Kept in memory only: what is stored is a text or a time. */
typedef int32_t Day;
#define DAY_1970 ((Day)62092) /* on which the times of the system begin */

typedef struct Date {
    int year;           /* 1800..2999 */
    unsigned month;     /* 1..12 */
    unsigned day;       /* 1..31 */
} Date;

bool date_valid(Date date);
unsigned month_days(int year, unsigned month);
Day day_from_date(Date date);
Date date_from_day(Day day);
/* 0 = Monday .. 6 = Sunday. */
unsigned day_weekday(Day day);
/* n calendar months later (or earlier); 31 Jan + 1 month is the last day of February. */
Day day_add_months(Day day, int months);
/* How many whole calendar months lie between two days; 0 when the second is no later. */
int day_months_since(Day from, Day to);
/* The day on which someone born on birth reaches age whole years; of 29 Feb: 1 Mar in common years (rules: clocks 3). */
Day day_of_age(Day birth, int age);

/* Minutes that Europe/Oslo is ahead of UTC: 60, or 120 from the last Sunday of March to that of October, 01:00 UTC. */
int oslo_offset(int64_t utc_ms);
/* The Norwegian date at a time, and the minute of the day (0..1439). */
Day oslo_day(int64_t utc_ms);
unsigned oslo_minute(int64_t utc_ms);
/* UTC milliseconds of a Norwegian date and minute. A minute that the clock skips in March is taken an hour later;
 * one that comes twice in October is the first. */
int64_t oslo_time(Day day, unsigned minute);

/* 2026-11-21, 21.11.2026, 21.11.26, 21/11-2026; one-digit days and months too. Two-digit years are 2000-2099.
 * Errors: E_MALFORMED for any other form and for days that do not exist. */
MUST_USE Err day_parse(Str text, Day *ret_day);
/* A day as day_parse takes it, and a time of the day: 21.11.2026 14.00, 21.11.2026 kl. 14:00, 21.11.2026 og 14.00,
 * 2026-11-21T14:00. *ret_minute is 0..1439. Errors: E_MALFORMED. */
MUST_USE Err datetime_parse(Str text, Day *ret_day, unsigned *ret_minute);
/* 2026-11-21 */
void buf_add_day(Buf *buf, Day day);
/* 2026-11-21T14:00 */
void buf_add_datetime(Buf *buf, Day day, unsigned minute);

#endif

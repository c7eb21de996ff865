/* Civil dates and Norwegian time, by arithmetic only.
 * Must not read the clock, the environment or the locale.
 * Called by domain, text, pages, jobs. */
#include "base/calendar.h"

#define MINUTE_MS ((int64_t)60000)
#define DAY_MINUTES 1440
#define YEAR_ZERO 657376 /* days from 1 March of the year 0 to the one before 1 January 1800 */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

unsigned month_days(int year, unsigned month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[(month - 1) % 12];
}

bool date_valid(Date date)
{
    return date.year >= 1800 && date.year <= 2999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= month_days(date.year, date.month);
}

/* Years counted from March, so that the leap day is the last of its year. */
Day day_from_date(Date date)
{
    int year = date.year - (date.month <= 2);
    int month = ((int)date.month + 9) % 12;
    int before = year * 365 + year / 4 - year / 100 + year / 400;
    return before + (month * 153 + 2) / 5 + (int)date.day - 1 - YEAR_ZERO;
}

Date date_from_day(Day day)
{
    int days = day + YEAR_ZERO;
    int era = days / 146097;
    int in_era = days % 146097;
    int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int in_year = in_era - (365 * year + year / 4 - year / 100);
    int month = (5 * in_year + 2) / 153;
    unsigned civil = (unsigned)(month < 10 ? month + 3 : month - 9);
    return (Date){.year = era * 400 + year + (civil <= 2), .month = civil,
                  .day = (unsigned)(in_year - (153 * month + 2) / 5 + 1)};
}

unsigned day_weekday(Day day)
{
    /* 1800-01-01 was a Wednesday. */
    return (unsigned)(((day + 1) % 7 + 7) % 7);
}

Day day_add_months(Day day, int months)
{
    Date date = date_from_day(day);
    int count = date.year * 12 + (int)date.month - 1 + months;
    date.year = count / 12;
    date.month = (unsigned)(count % 12) + 1;
    unsigned last = month_days(date.year, date.month);
    date.day = date.day < last ? date.day : last;
    return day_from_date(date);
}

int day_months_since(Day from, Day to)
{
    Date a = date_from_day(from), b = date_from_day(to);
    int months = (b.year - a.year) * 12 + (int)b.month - (int)a.month;

    if (day_add_months(from, months) > to)
        months--;
    return months > 0 ? months : 0;
}

Day day_of_age(Day birth, int age)
{
    Date date = date_from_day(birth);
    date.year += age;
    if (!date_valid(date))
        date = (Date){.year = date.year, .month = 3, .day = 1};
    return day_from_date(date);
}

/* Midnight at which a day begins in UTC. */
static int64_t utc_minutes(Day day)
{
    return (int64_t)(day - DAY_1970) * DAY_MINUTES;
}

static int64_t floor_div(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

/* 01:00 UTC on the last Sunday of a month with 31 days. */
static int64_t last_sunday(int year, unsigned month)
{
    Day last = day_from_date((Date){year, month, 31});
    return (utc_minutes(last - (Day)((day_weekday(last) + 1) % 7)) + 60) * MINUTE_MS;
}

int oslo_offset(int64_t utc_ms)
{
    Date date = date_from_day(DAY_1970 + (Day)floor_div(utc_ms, DAY_MINUTES * MINUTE_MS));

    if (date.month == 3)
        return utc_ms >= last_sunday(date.year, 3) ? 120 : 60;
    if (date.month == 10)
        return utc_ms < last_sunday(date.year, 10) ? 120 : 60;
    return date.month > 3 && date.month < 10 ? 120 : 60;
}

static int64_t oslo_minutes(int64_t utc_ms)
{
    return floor_div(utc_ms, MINUTE_MS) + oslo_offset(utc_ms);
}

Day oslo_day(int64_t utc_ms)
{
    return DAY_1970 + (Day)floor_div(oslo_minutes(utc_ms), DAY_MINUTES);
}

unsigned oslo_minute(int64_t utc_ms)
{
    int64_t minutes = oslo_minutes(utc_ms);

    return (unsigned)(minutes - floor_div(minutes, DAY_MINUTES) * DAY_MINUTES);
}

int64_t oslo_time(Day day, unsigned minute)
{
    int64_t local = (utc_minutes(day) + minute) * MINUTE_MS;
    int64_t summer = local - 120 * MINUTE_MS;
    return oslo_offset(summer) == 120 ? summer : local - 60 * MINUTE_MS;
}

/* 1..4 digits at *at. */
static bool take_number(Str text, size_t *at, size_t most, unsigned *ret_number, size_t *ret_digits)
{
    unsigned number = 0;
    size_t from = *at;
    while (*at < text.length && *at - from < most && text.data[*at] >= '0' && text.data[*at] <= '9')
        number = number * 10 + (unsigned)(text.data[(*at)++] - '0');
    *ret_number = number;
    *ret_digits = *at - from;
    return *ret_digits > 0;
}

Err day_parse(Str text, Day *ret_day)
{
    unsigned part[3];
    size_t digits[3];
    char mark[2] = {0};
    size_t at = 0;
    for (unsigned i = 0; i < 3; i++) {
        if (!take_number(text, &at, 4, &part[i], &digits[i]))
            return fail(E_MALFORMED);
        if (i < 2 && at == text.length)
            return fail(E_MALFORMED);
        if (i < 2)
            mark[i] = text.data[at++];
    }
    if (at != text.length)
        return fail(E_MALFORMED);

    Date date = {0};
    if (mark[0] == '-' && mark[1] == '-' && digits[0] == 4 && digits[1] == 2 && digits[2] == 2)
        date = (Date){(int)part[0], part[1], part[2]};
    else if (((mark[0] == '.' && mark[1] == '.') || (mark[0] == '/' && mark[1] == '-')) && digits[0] <= 2 &&
             digits[1] <= 2 && (digits[2] == 2 || digits[2] == 4))
        date = (Date){(int)part[2] + (digits[2] == 2 ? 2000 : 0), part[1], part[0]};
    if (!date_valid(date))
        return fail(E_MALFORMED);
    *ret_day = day_from_date(date);
    return ok();
}

/* "14.00" or "14:00"; the hour may have one digit. */
static bool clock_parse(Str text, unsigned *ret_minute)
{
    unsigned hour;
    unsigned minute;
    size_t digits;
    size_t at = 0;

    if (!take_number(text, &at, 2, &hour, &digits) || at == text.length || (text.data[at] != '.' && text.data[at] != ':'))
        return false;
    at++;
    if (!take_number(text, &at, 2, &minute, &digits) || digits != 2 || at != text.length || hour > 23 || minute > 59)
        return false;
    *ret_minute = hour * 60 + minute;
    return true;
}

Err datetime_parse(Str text, Day *ret_day, unsigned *ret_minute)
{
    static const char *const between[] = {"og", "kl.", "kl"};
    size_t end = 0;
    unsigned minute;
    Day day;

    while (end < text.length && text.data[end] != ' ' && text.data[end] != 'T' && text.data[end] != ',')
        end++;
    if (end == text.length)
        return fail(E_MALFORMED);
    TRY(day_parse(str_slice(text, 0, end), &day));
    Str rest = str_trim(str_slice(text, end + 1, text.length));
    for (size_t i = 0; i < COUNT_OF(between); i++)
        if (str_starts(rest, str_from_c(between[i])))
            rest = str_trim(str_slice(rest, str_from_c(between[i]).length, rest.length));
    if (!clock_parse(rest, &minute))
        return fail(E_MALFORMED);
    *ret_day = day;
    *ret_minute = minute;
    return ok();
}

void buf_add_datetime(Buf *buf, Day day, unsigned minute)
{
    buf_add_day(buf, day);
    buf_add_char(buf, 'T');
    buf_add_digits(buf, minute / 60, 2);
    buf_add_char(buf, ':');
    buf_add_digits(buf, minute % 60, 2);
}

void buf_add_day(Buf *buf, Day day)
{
    Date date = date_from_day(day);
    buf_add_digits(buf, (unsigned)date.year, 4);
    buf_add_char(buf, '-');
    buf_add_digits(buf, date.month, 2);
    buf_add_char(buf, '-');
    buf_add_digits(buf, date.day, 2);
}

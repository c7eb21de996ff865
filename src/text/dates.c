/* Dates in words, and Norwegian time.
 * Must not use the C library's locale or time zones: the rule of summer time stands here.
 * Called by pages and web. */
#include "text/text.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

typedef struct Civil {
    int year;
    int month;
    int day;
} Civil;

static const enum msg months[12] = {
    MSG_MONTH_1, MSG_MONTH_2, MSG_MONTH_3, MSG_MONTH_4,  MSG_MONTH_5,  MSG_MONTH_6,
    MSG_MONTH_7, MSG_MONTH_8, MSG_MONTH_9, MSG_MONTH_10, MSG_MONTH_11, MSG_MONTH_12,
};

/* ISO order: Monday first. */
static const enum msg weekdays[7] = {
    MSG_WEEKDAY_1, MSG_WEEKDAY_2, MSG_WEEKDAY_3, MSG_WEEKDAY_4, MSG_WEEKDAY_5, MSG_WEEKDAY_6, MSG_WEEKDAY_7,
};

static int64_t floor_divide(int64_t number, int64_t by)
{
    int64_t quotient = number / by;

    return number % by < 0 ? quotient - 1 : quotient;
}

/* Proleptic Gregorian calendar, by eras of 400 years that begin on 1 March (H. Hinnant, "chrono-compatible low-level
 * date algorithms"). */
static Civil civil_of(int64_t number)
{
    int64_t shifted = number + 719468;
    int64_t era = floor_divide(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;

    return (Civil){
        .year = (int)(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
        .month = (int)month,
        .day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
}

static int64_t number_of(Civil civil)
{
    int64_t year = civil.month <= 2 ? civil.year - 1 : civil.year;
    int64_t era = floor_divide(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = civil.month > 2 ? civil.month - 3 : civil.month + 9;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + civil.day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

/* 0 = Monday. 1970-01-01 was a Thursday. */
static int weekday_of(int64_t number)
{
    int64_t from_monday = number + 3;

    return (int)(from_monday - 7 * floor_divide(from_monday, 7));
}

/* 01:00 UTC of the last Sunday of a month with 31 days (directive 2000/84/EC; Norway follows it). */
static int64_t change_of_clock(int year, int month)
{
    int64_t last = number_of((Civil){.year = year, .month = month, .day = 31});

    return (last - (weekday_of(last) + 1) % 7) * DAY_MS + HOUR_MS;
}

static int64_t norwegian(Moment moment)
{
    int year = civil_of(floor_divide(moment.ms, DAY_MS)).year;
    bool summer = moment.ms >= change_of_clock(year, 3) && moment.ms < change_of_clock(year, 10);

    return moment.ms + (summer ? 2 : 1) * HOUR_MS;
}

Day day_of_moment(Moment moment)
{
    return (Day){(int32_t)floor_divide(norwegian(moment), DAY_MS)};
}

void text_day(Buf *buf, enum language language, Day day)
{
    if (day.number <= 0)
        return;
    Civil civil = civil_of(day.number);
    Str month = msg(language, months[civil.month - 1]);
    buf_format(buf, "%d%s\u00a0%.*s %d", civil.day, language == LANGUAGE_EN ? "" : ".", STR_ARGS(month), civil.year);
}

void text_weekday(Buf *buf, enum language language, Day day)
{
    if (day.number <= 0)
        return;
    buf_add(buf, msg(language, weekdays[weekday_of(day.number)]));
    buf_add_char(buf, ' ');
    text_day(buf, language, day);
}

void text_clock(Buf *buf, enum language language, Moment moment)
{
    int64_t local = norwegian(moment);
    int minutes = (int)((local - floor_divide(local, DAY_MS) * DAY_MS) / MINUTE_MS);

    buf_format(buf, "%02d%c%02d", minutes / 60, language == LANGUAGE_EN ? ':' : '.', minutes % 60);
}

void text_moment(Buf *buf, enum language language, Moment moment)
{
    if (moment.ms == 0)
        return;
    text_day(buf, language, day_of_moment(moment));
    buf_add(buf, language == LANGUAGE_EN ? STR(" at ") : STR(" kl.\u00a0"));
    text_clock(buf, language, moment);
}

void text_day_short(Buf *buf, Day day)
{
    if (day.number <= 0)
        return;
    Civil civil = civil_of(day.number);
    buf_format(buf, "%02d.%02d.%04d", civil.day, civil.month, civil.year);
}

void text_day_iso(Buf *buf, Day day)
{
    Civil civil = civil_of(day.number);

    buf_format(buf, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

void text_moment_iso(Buf *buf, Moment moment)
{
    text_day_iso(buf, day_of_moment(moment));
    buf_add_char(buf, 'T');
    int64_t local = norwegian(moment);
    int minutes = (int)((local - floor_divide(local, DAY_MS) * DAY_MS) / MINUTE_MS);
    buf_format(buf, "%02d:%02d", minutes / 60, minutes % 60);
}

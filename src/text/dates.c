/* Dates and times in words.
 * Must not use the C library's locale or time zones: base/calendar.h has the calendar and the rule of summer time.
 * Called by pages and web. */
#include "text/dates.h"

static const enum msg months[12] = {
    MSG_MONTH_1, MSG_MONTH_2, MSG_MONTH_3, MSG_MONTH_4,  MSG_MONTH_5,  MSG_MONTH_6,
    MSG_MONTH_7, MSG_MONTH_8, MSG_MONTH_9, MSG_MONTH_10, MSG_MONTH_11, MSG_MONTH_12,
};

/* ISO order: Monday first. */
static const enum msg weekdays[7] = {
    MSG_WEEKDAY_1, MSG_WEEKDAY_2, MSG_WEEKDAY_3, MSG_WEEKDAY_4, MSG_WEEKDAY_5, MSG_WEEKDAY_6, MSG_WEEKDAY_7,
};

void text_day(Buf *buf, enum language language, Day day)
{
    if (day <= 0)
        return;
    Date date = date_from_day(day);
    Str month = msg(language, months[date.month - 1]);
    buf_add_i64(buf, date.day);
    buf_add(buf, language == LANGUAGE_EN ? STR("\u00a0") : STR(".\u00a0"));
    buf_add(buf, month);
    buf_add_char(buf, ' ');
    buf_add_i64(buf, date.year);
}

void text_weekday(Buf *buf, enum language language, Day day)
{
    if (day <= 0)
        return;
    buf_add(buf, msg(language, weekdays[day_weekday(day)]));
    buf_add_char(buf, ' ');
    text_day(buf, language, day);
}

void text_clock(Buf *buf, enum language language, Moment moment)
{
    unsigned minute = oslo_minute(moment.ms);

    buf_add_digits(buf, minute / 60, 2);
    buf_add_char(buf, language == LANGUAGE_EN ? ':' : '.');
    buf_add_digits(buf, minute % 60, 2);
}

void text_moment(Buf *buf, enum language language, Moment moment)
{
    if (moment.ms == 0)
        return;
    text_day(buf, language, oslo_day(moment.ms));
    buf_add(buf, language == LANGUAGE_EN ? STR(" at ") : STR(" kl.\u00a0"));
    text_clock(buf, language, moment);
}

void text_day_short(Buf *buf, Day day)
{
    if (day <= 0)
        return;
    Date date = date_from_day(day);
    buf_add_digits(buf, date.day, 2);
    buf_add_char(buf, '.');
    buf_add_digits(buf, date.month, 2);
    buf_add_char(buf, '.');
    buf_add_digits(buf, (unsigned)date.year, 4);
}

void text_moment_iso(Buf *buf, Moment moment)
{
    buf_add_datetime(buf, oslo_day(moment.ms), oslo_minute(moment.ms));
}

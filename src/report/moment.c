/* A moment as text to the millisecond, and back.
 * Must not know a zone but UTC.
 * Called by this folder. */
#include "report/moment.h"

#include <stdio.h>

#define MS_A_DAY INT64_C(86400000)

MomentText moment_text(int64_t ms)
{
    int64_t day = ms / MS_A_DAY - (ms % MS_A_DAY < 0);
    unsigned rest = (unsigned)(ms - day * MS_A_DAY);
    Date date = date_from_day(DAY_1970 + (Day)day);
    MomentText made;

    snprintf(made.text, sizeof made.text, "%04d-%02u-%02uT%02u:%02u:%02u.%03uZ", date.year, date.month, date.day, rest / 3600000,
             rest / 60000 % 60, rest / 1000 % 60, rest % 1000);
    return made;
}

/* Digits from..from+width of the text, at most `most`. */
static Err digits(Str text, size_t from, size_t width, int64_t most, int64_t *ret_number)
{
    Str part = str_slice(text, from, from + width);

    for (size_t i = 0; i < part.length; i++)
        if (part.data[i] < '0' || part.data[i] > '9')
            return fail(E_MALFORMED);
    int64_t number = 0;
    for (size_t i = 0; i < part.length; i++)
        number = number * 10 + (part.data[i] - '0');
    if (number > most)
        return fail(E_MALFORMED);
    *ret_number = number;
    return ok();
}

Err moment_read(Str text, int64_t *ret_ms)
{
    int64_t hour, minute, second, part;
    Day day = 0;

    if (text.length != 24)
        return fail(E_MALFORMED);
    TRY(day_parse(str_slice(text, 0, 10), &day));
    TRY(digits(text, 11, 2, 23, &hour));
    TRY(digits(text, 14, 2, 59, &minute));
    TRY(digits(text, 17, 2, 59, &second));
    TRY(digits(text, 20, 3, 999, &part));
    int64_t ms = (int64_t)(day - DAY_1970) * MS_A_DAY + ((hour * 60 + minute) * 60 + second) * 1000 + part;
    if (!str_equal(str_from_c(moment_text(ms).text), text))
        return fail(E_MALFORMED);
    *ret_ms = ms;
    return ok();
}

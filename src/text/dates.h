/* Dates and times in words.
 * Must not use the C library's locale or time zones.
 * Used through text/text.h. */
#ifndef TEXT_DATES_H
#define TEXT_DATES_H

#include "base/buf.h"
#include "base/calendar.h"
#include "text/messages.h"

/* UTC milliseconds since 1970; zero means "none". Shown in Norwegian time. */
typedef struct Moment {
    int64_t ms;
} Moment;

/* "23. november 2026" | "23 November 2026"; a no-break space holds day and month together. A Day of zero or below
 * means "none" here, and nothing is written. */
void text_day(Buf *buf, enum language language, Day day);
/* "mandag 23. november 2026". */
void text_weekday(Buf *buf, enum language language, Day day);
/* "23. november 2026 kl. 14.05" in Norwegian time. */
void text_moment(Buf *buf, enum language language, Moment moment);
/* "14.05" | "14:05" in Norwegian time. */
void text_clock(Buf *buf, enum language language, Moment moment);
/* "23.11.2026", as people type it. */
void text_day_short(Buf *buf, Day day);
/* "2026-11-23T14:05" (Norwegian time) for <time datetime>; a day alone is written by buf_add_day. */
void text_moment_iso(Buf *buf, Moment moment);

#endif

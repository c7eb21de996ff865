/* Every text that a user sees: the message catalogue (messages/) and dates in words, in bokmål, nynorsk and English.
 * Must not know who reads, and must not hold a text itself.
 * Called by pages, web, api and reports. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/buf.h"
#include "base/calendar.h"
#include "text/message_ids.h"

enum language { LANGUAGE_NB, LANGUAGE_NN, LANGUAGE_EN, LANGUAGE_COUNT };

/* "nb", "nn", "en". */
Str language_tag(enum language language);
/* Errors: E_MALFORMED for any other tag. */
MUST_USE Err language_from_tag(Str tag, enum language *ret_language);

/* UTC milliseconds since 1970; zero means "none". Shown in Norwegian time. */
typedef struct Moment {
    int64_t ms;
} Moment;

/* The text of a message as it stands in the catalogue; use msg_write for one with arguments. */
Str msg(enum language language, enum msg id);
/* "attention.10" -> MSG_ATTENTION_10. False when there is no such key. */
bool msg_find(Str key, enum msg *ret_id);
/* The text of a key; the key itself when there is none, so that a mistake shows and breaks nothing. */
Str msg_by_key(enum language language, Str key);
Str msg_key(enum msg id);

enum msg_argument { ARGUMENT_TEXT, ARGUMENT_NUMBER, ARGUMENT_DAY, ARGUMENT_MOMENT };

typedef struct MsgArgument {
    Str name;
    enum msg_argument type;
    Str text;
    int64_t number;
} MsgArgument;

/* The text with {name} replaced by the argument of that name and {name|one|many} by one of two words.
 * tools/messages.py has checked that every language uses the same names; a name without argument writes nothing. */
void msg_write(Buf *buf, enum language language, enum msg id, const MsgArgument *arguments, size_t count);

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

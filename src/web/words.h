/* Codes, days, people and addresses as the words that pages show.
 * Must not decide anything.
 * Used by the handlers. */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H

#include "domain/codes.h"
#include "web/call.h"

/* Which edition of the information page a family is told before it consents. */
#define CONSENT_TEXT_EDITION "2026-1"

/* The text of "prefix.code". */
MUST_USE Err word_of(const Call *call, const char *prefix, const char *code, Str *ret_text);
/* The word for a code of a list, as it stands in an entry ("10"); empty for none. */
MUST_USE Err code_word(const Call *call, CodeList list, Str code, Str *ret_text);
/* "Stafettholder, Bjørkelia skole"; only the role without a unit. */
MUST_USE Err role_words(const Call *call, Role role, Str unit_name, Str *ret_text);

/* A message with one text in it: {name} in the catalogue. */
MUST_USE Err message_with(const Call *call, enum msg id, const char *name, Str text, Str *ret_text);

/* The day of an ISO date; 0 for anything else. */
Day day_of(Str iso);
/* The moment of an ISO date and time of day in Norway; none for anything else. */
Moment moment_of(Str iso);
/* How near a deadline is; no day for 0 and below. */
DueView due_view(const Call *call, Day day);

/* "/logg/{id}" and what follows: a suffix ("/sett"), or nothing. */
MUST_USE Err log_url(const Call *call, Id log, const char *suffix, Url *ret_url);
/* "/logg/{id}/{what}/{id}". */
MUST_USE Err log_entry_url(const Call *call, Id log, const char *what, Id entry, Url *ret_url);

#endif

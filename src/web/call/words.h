/* Small translations from values to words.
 * Must not look at a request beyond its language and its time.
 * Called by the handlers. */
#ifndef WEB_CALL_WORDS_H
#define WEB_CALL_WORDS_H

#include "domain/codes.h"
#include "domain/roles.h"
#include "pages/views.h"
#include "web/call/call.h"

/* The text of "prefix.code". */
MUST_USE Err word_of(const Call *call, const char *prefix, const char *code, Str *ret_text);
/* The word for a code of a list, as it stands in an entry ("10"); empty for none. */
MUST_USE Err code_word(const Call *call, CodeList list, Str code, Str *ret_text);
/* "Stafettholder, Bjørkelia skole"; only the role without a unit. */
MUST_USE Err role_words(const Call *call, Role role, Str unit_name, Str *ret_text);

/* "A, B, C": names that are empty are left out. */
MUST_USE Err words_listed(const Call *call, const Str *names, uint32_t count, Str *ret_text);

/* A message with one text in it: {name} in the catalogue. */
MUST_USE Err message_with(const Call *call, enum msg id, const char *name, Str text, Str *ret_text);

/* The same with several arguments. */
MUST_USE Err message_of(const Call *call, enum msg id, const MsgArgument *arguments, size_t count, Str *ret_text);

/* The day of an ISO date; 0 for anything else. */
Day day_of(Str iso);
/* The moment of an ISO date and time of day in Norway; none for anything else. */
Moment moment_of(Str iso);
/* How near a deadline is; no day for 0 and below. */
DueView due_view(const Call *call, Day day);

#endif

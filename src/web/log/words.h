/* What stands in a log, in words: entries by their titles, participants by name; and the choices that a form offers.
 * Must not decide who sees what: it is given what log_open gave.
 * Used by frame.c, sections.c, entry.c and web/api. */
#ifndef WEB_LOG_WORDS_H
#define WEB_LOG_WORDS_H

#include "html/html.h"
#include "service/log/view.h"
#include "web/form/kind_form.h"

/* The newest version of an entry by its id; NULL when it is not in the log. */
const LogEntry *find_entry(const LogView *log, Id entry);
/* The same by the text of a reference field. */
const LogEntry *find_reference(const LogView *log, Str id);

/* Position of the field whose reference the log does not hold: the first of them, or the first reference at all when each
 * one by itself stands there; -1 when nothing is referred to. For a message beside it: the service has refused already. */
int foreign_reference(const LogView *log, const Values *values);

/* One line that names an entry: a category, the start of a goal, the day of a meeting. */
MUST_USE Err entry_title(const Call *call, const LogEntry *entry, Str *ret_title);
/* What a page about going on with an entry says of it: its title, and the beginning of what was planned. */
MUST_USE Err entry_subject(const Call *call, const LogEntry *entry, Str *ret_subject);
/* "Klok Elv, Varm Bjørk": the people of a list of participants. */
MUST_USE Err people_words(const Call *call, const LogView *log, Str participants, Str *ret_names);
/* Whether this version was written by somebody else than the entry. */
bool entry_is_anothers(const LogEntry *entry);
/* Who wrote an entry: "Rolig Vind"; "(tidligere deltaker)" after it when they have left; and who has changed or removed it:
 * "Rolig Vind, endret av Klok Elv". */
MUST_USE Err author_words(const Call *call, const LogEntry *entry, Str *ret_author);

/* Where an entry is removed whose words the reader may not correct; else none. */
MUST_USE Err entry_remove_link(const Call *call, const LogView *log, const LogEntry *entry, Url *ret_remove);
/* Links of an entry: its history when there is one, and correcting it where the reader may. */
MUST_USE Err entry_links(const Call *call, const LogView *log, const LogEntry *entry, Url *ret_history, Url *ret_correct);

/* What a form about this log may refer to: its entries that are not removed, and those who take part now. */
MUST_USE Err log_choices(const Call *call, const LogView *log, Choices *ret_choices);

/* What a log is today: its state, or that it is shut until consent is renewed, or restricted. */
MUST_USE Err log_state_words(const Call *call, const LogSummary *summary, Str *ret_words);

#endif

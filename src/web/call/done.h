/* How every act ends for the person: at its place, with one sentence that says what was done and when.
 * Must not need a script, nor carry anything in an address: the sentence waits in the session for the page that comes.
 * Used by the handlers of all acts, and by the layout. */
#ifndef WEB_CALL_DONE_H
#define WEB_CALL_DONE_H

#include "web/call/call.h"

/* Leads to page, where the sentence "done.<what>" waits and is the first thing that is read. entry: beside which entry of a
 * log it stands; none: at the top of the page. */
MUST_USE Err done_redirect(Call *call, const char *what, Id entry, Str page);

/* The same for the page of the log that the address names, or one below it ("/deltakere"). */
MUST_USE Err done_in_log(Call *call, const char *what, Id entry, const char *suffix);

/* Before the act: the same place, so that it is stored with what the act changes (rules: reading-and-writing 11). */
MUST_USE Err done_leads_to(Call *call, Str page);
MUST_USE Err done_leads_in_log(Call *call, const char *suffix);

/* Brings the sentence that waits for this session, once, into call->done; nothing happens where none does. */
void done_bring(Call *call);

/* The sentence where it is about this entry, which then stands there and not at the top; empty otherwise. */
Str done_place(Call *call, Id entry);

#endif

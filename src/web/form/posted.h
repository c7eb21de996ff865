/* What was posted: read, checked against the route's table, and given back when it could not be carried out.
 * Must not let a field through that the table does not name.
 * Used by web/web.c, web/error.c and the handlers. Rules: web 2, 3, 5, reading-and-writing 11. */
#ifndef WEB_FORM_POSTED_H
#define WEB_FORM_POSTED_H

#include "pages/views.h"
#include "web/call/call.h"

/* Reads the form of a POST into call->form and checks where it comes from, its fields and its token. Of a document (/api/)
 * it checks where it comes from, its type and its token; the handler reads it.
 * Errors: E_BAD_ORIGIN, E_MALFORMED, E_MEDIA_TYPE, those of form_parse. */
MUST_USE Err posted_read(Call *call);

/* Whether its token has been used already: a repetition finds its own traces, and is no conflict. What it is told, and whether it
 * is one, is said by whoever fails with E_REPLAYED to web.c. */
bool posted_before(Call *call);

/* What was typed in a form that could not be carried out, as a form to be sent again: texts to read, the rest hidden, a
 * fresh token. Without fields when nothing was typed, but a button was pressed; without a token when it did not come from a page of ours,
 * and for signing in, whose secrets are never sent back. */
MUST_USE Err posted_again(Call *call, FormView *ret_form);

#endif

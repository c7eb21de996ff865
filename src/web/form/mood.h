/* How it goes: what a child is asked above their own words. What they choose becomes the first of these.
 * Must not store anything beside the words, nor answer for anybody but the child.
 * Called by page.c and entry.c. */
#ifndef WEB_FORM_MOOD_H
#define WEB_FORM_MOOD_H

#include "web/form/inputs.h"

#define MOOD_FIELD "mood"

/* The question, before the fields of a note are added; of a child only. */
MUST_USE Err mood_input(Inputs *inputs);
/* What was chosen in a note's form, put before the text that was typed, which may be none then. Errors: E_MALFORMED for what no form
 * offers. */
MUST_USE Err mood_take(Call *call);

#endif

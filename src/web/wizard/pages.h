/* The wizard's pages: which fields stand where, and what must be right before the next one is shown.
 * Must not store anything, nor decide who may create a log: service does.
 * Called by wizard.c and check.c. */
#ifndef WEB_WIZARD_PAGES_H
#define WEB_WIZARD_PAGES_H

#include "base/str.h"
#include "web/wizard/wizard.h"

/* The number under which a place's fields are kept. */
uint8_t place_page(Place place);
/* "guardian_2", as the buttons "change" name it; and back. Errors: E_NOT_FOUND for a text that names none. */
MUST_USE Err place_text(Arena *keep, Place place, Str *ret_text);
MUST_USE Err place_from_text(Str text, Place *ret_place);
/* The place before this one, for "Tilbake". */
Place place_before(const Wizard *wizard, Place place);
/* The fields of a place with what was typed there. */
MUST_USE Err wizard_inputs(Wizard *wizard, Place place, Inputs *inputs);
/* Reads and checks what was typed at a place, into wizard; faults stand at their fields in inputs. */
MUST_USE Err wizard_read(Wizard *wizard, Place place, Inputs *inputs, bool *ret_good);
/* The first place that is not filled in rightly; WIZARD_CHECK when all are. Everything before it has been read. */
MUST_USE Err wizard_first_open(Wizard *wizard, Place *ret_place);
/* A person said no at this place. */
MUST_USE Err wizard_denied(Wizard *wizard, Place place, bool *ret_denied);

#endif

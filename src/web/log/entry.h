/* One entry: written, corrected, taken away. The same short form for every kind.
 * Must not lose what was typed, nor know a kind by name but the child's (child_form.h) and the attention, which has a warning.
 * Called through the table of routes. */
#ifndef WEB_LOG_ENTRY_H
#define WEB_LOG_ENTRY_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err entry_new(Call *call);
MUST_USE Err entry_new_send(Call *call);
MUST_USE Err entry_correct(Call *call);
MUST_USE Err entry_correct_send(Call *call);
MUST_USE Err entry_remove_send(Call *call);

#endif

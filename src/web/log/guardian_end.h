/* The page that says what follows when a guardian's participation ends, and the button that ends it.
 * Must not end anything before it was said that the log closes.
 * Called through the table of routes. */
#ifndef WEB_LOG_GUARDIAN_END_H
#define WEB_LOG_GUARDIAN_END_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err guardian_end_page(Call *call);
MUST_USE Err guardian_end_send(Call *call);

#endif

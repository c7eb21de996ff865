/* The page of a log's consents: what was given and withdrawn, the newest first.
 * Must not show what the reader of the log may not see.
 * Called through the table of routes. */
#ifndef WEB_LOG_CONSENTS_H
#define WEB_LOG_CONSENTS_H

#include "web/call/call.h"

/* Handler of the table of routes. */
MUST_USE Err log_consents_page(Call *call);

#endif

/* What is shown of a log by itself: the child's number, and the documents of consents.
 * Must not name a person in a file's name.
 * Called through the table of routes. */
#ifndef WEB_LOG_DOCUMENT_H
#define WEB_LOG_DOCUMENT_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err log_number_send(Call *call);
MUST_USE Err log_document(Call *call);

#endif

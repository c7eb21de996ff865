/* A document that was sent: read, and what is wrong with it.
 * Must not decide anything.
 * Used by the handlers of this room. Rule: web 5. */
#ifndef WEB_API_SENT_H
#define WEB_API_SENT_H

#include "api/read.h"
#include "web/call/call.h"

/* A document of a kind; its faults are those of each field and of its days. again: a day that was good when it was written may stand. */
MUST_USE Err sent_read(Call *call, const Kind *kind, bool again, ApiDocument *ret_document);
/* 422, with the faults of each field. */
MUST_USE Err sent_faults(Call *call, const ApiDocument *document);
/* The same with this fault of the field at this position. */
MUST_USE Err sent_fault_at(Call *call, ApiDocument *document, unsigned at, Fault fault);
/* It does not fit what stands there now: the first answer where this very change was carried out before, else 409. */
MUST_USE Err sent_too_late(Call *call);

#endif

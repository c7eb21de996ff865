/* The family's own copy of a log: everything that stands in it, for whoever reads it, or is offered one before a deletion.
 * Must not hand anything out before its line is durable.
 * Called by web and api. Rules: deletion 1, access 13. */
#ifndef SERVICE_ACTS_COPY_H
#define SERVICE_ACTS_COPY_H

#include "service/log/reader.h"
#include "service/log/view.h"

/* Before it is asked for: nothing of the log is opened but its header, so there is no line but a refusal's. */
typedef struct CopyAsked {
    uint32_t display; /* the log's number */
    Day end;          /* the first day on which it is offered no longer; 0: the actor reads the log, and may always take one */
    bool waives;      /* the actor may waive it */
} CopyAsked;
MUST_USE Err log_copy_ask(const LogReader *reader, Id log, CopyAsked *ret_asked);

/* The whole log as it is today, with one line that stands in the list of who has seen it. Where a copy is offered it is taken by this,
 * and that stands in the log. Errors: as log_open; E_PROVE where a code is asked for anew. */
MUST_USE Err log_copy_take(const LogReader *reader, Id log, LogView *ret_copy);

#endif

/* A stub: that a log exists, for somebody who may know that and no more. Whether they may hangs on the child's age, which stands
 * sealed in the header: it is opened before anything is said, at the same cost for every stub (rules: access 9, 16).
 * Must not open anything but the header.
 * Called by the room reading. */
#ifndef SERVICE_LOG_STUB_H
#define SERVICE_LOG_STUB_H

#include "service/log/entered.h"
#include "service/log/reader.h"

typedef struct LogStub {
    LogEntered entered; /* standing, permit and ask, with what the header gave; no content and no key */
    bool died;          /* a death is recorded */
    Day claimed_on;     /* as the header says: 0, or when somebody asked that the log be deleted; and how that was decided */
    unsigned decision;
    CopyOffer copy;     /* that is offered before a deletion */
    DeletionRow order;  /* of a log whose deletion is ordered; zeros of every other */
    Flags flags;        /* all that are known of the log now */
} LogStub;

/* Decides ACT_STUB_READ, once from plain columns and once more with the header. silent: nobody asked for a stub, and a refusal
 * leaves no line. Errors: as log_enter's refusals; E_FORGED when the header is not what was written (the log is held now). */
MUST_USE Err log_stub(const LogReader *reader, Id log, bool silent, LogStub *ret_stub);

/* The same for another act that needs no more of a log than that its header is open; where the age leaves the stub, for that. */
MUST_USE Err log_by_header(const LogReader *reader, const LogWish *wish, LogStub *ret_stub);

#endif

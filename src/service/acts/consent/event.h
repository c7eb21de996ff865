/* What happened in a log's life and has words or a reason: an entry of a kind that no form of entries writes.
 * Must not be used for what people write by themselves: service/acts/entry does that.
 * Called by withdrawal.c. */
#ifndef SERVICE_ACTS_CONSENT_EVENT_H
#define SERVICE_ACTS_CONSENT_EVENT_H

#include "service/log/entered.h"

/* What happened, and by whom. */
typedef struct LogEvent {
    const Service *service;
    const Actor *actor;
    const Values *values;
} LogEvent;

/* Its first version, sealed and not yet written; its texts live in keep. Errors: those of log_seal. */
MUST_USE Err log_event_seal(const LogEvent *event, const LogEntered *entered, Arena *keep, EntryRow *ret_row);

#endif

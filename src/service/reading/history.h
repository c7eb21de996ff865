/* All versions of one entry.
 * Must not hand them out before their line is durable.
 * Called by web and api. Rules: settled 15, 16. */
#ifndef SERVICE_READING_HISTORY_H
#define SERVICE_READING_HISTORY_H

#include "service/log/view.h"
#include "service/service.h"

/* All versions of one entry, newest first. One line. */
MUST_USE Err log_entry_history(Service *service, const Actor *actor, Id log, Id entry, Arena *keep,
                               const LogEntry **ret_versions, uint32_t *ret_count);

#endif

/* All versions of one entry.
 * Must not hand them out before their line is durable.
 * Called by web and api. Rules: reading-and-writing 1, 2. */
#ifndef SERVICE_READING_HISTORY_H
#define SERVICE_READING_HISTORY_H

#include "service/log/reader.h"
#include "service/log/view.h"

typedef struct LogHistory {
    LogView log;              /* of the entries only this one, and what its versions refer to */
    const LogEntry *versions; /* newest first */
    uint32_t count;           /* 1 or more */
} LogHistory;

/* All versions of one entry, beside the log that gives their references names. One line.
 * Errors: as log_open; E_NOT_FOUND for an entry that is not in the log. */
MUST_USE Err log_entry_history(const LogReader *reader, Id log, Id entry, LogHistory *ret_history);

#endif

/* What a log's page does not show, a section and a page at a time.
 * Must not show what the page shows already.
 * Called by web. */
#ifndef SERVICE_READING_OLDER_H
#define SERVICE_READING_OLDER_H

#include "service/log/reader.h"
#include "service/log/view.h"

#define LOG_OLDER_PAGE 50

typedef struct LogOlderWish {
    Id log;
    enum Section section;
    enum Opening reason;         /* as for log_open */
    uint32_t before;             /* as the page before told; 0: from the newest */
} LogOlderWish;

typedef struct LogOlder {
    LogView log;                 /* of the entries only those of this page, and what they refer to */
    const LogEntry **items;      /* newest first, at most LOG_OLDER_PAGE */
    uint32_t count;
    uint32_t next;               /* before of the next page; 0: this is the last */
} LogOlder;

/* One line, as for reading the log. Errors: as log_open; E_NOT_FOUND also for the stub, with a line of the refusal. */
MUST_USE Err log_older(const LogReader *reader, const LogOlderWish *wish, LogOlder *ret_older);

#endif

/* Whom a notice about a log is for, as rows of their inboxes.
 * Must not put a name or a number into a row, nor tell anybody of what they did themselves.
 * Called by task.c and some acts, and by service/jobs for clocks. Rules: clocks 12, 17. */
#ifndef SERVICE_LOG_TELL_H
#define SERVICE_LOG_TELL_H

#include "domain/notices.h"
#include "service/log/entered.h"
#include "service/log/reader.h"

/* One thing that fell due, or that somebody did (due 0). */
typedef struct LogTold {
    NoticeId notice;
    int64_t due;
} LogTold;
typedef struct LogTellList {
    const LogTold *items;
    uint32_t count;
    Id also; /* a unit whose manager hears too; none: of the log's own alone */
} LogTellList;

/* Rows for everybody who has one of the notice's roles towards the log now: the administrators, the manager of its unit, its holder,
 * and who takes part. Of a date those whom the entry names; its holder, where it names nobody who takes part. What somebody did is
 * told to nobody who does not see the log as it is afterwards. Errors: E_NO_MEMORY, those of the store. */
MUST_USE Err log_tell_rows(const LogReader *reader, const LogEntered *entered, const LogRow *after, LogTellList told, InboxRows *ret_rows);

#endif

/* Whom a notice about a log is for, as rows of their inboxes.
 * Must not put a name or a number into a row.
 * Called by life.c. Rules: clocks 12, 17. */
#ifndef SERVICE_JOBS_TOLD_H
#define SERVICE_JOBS_TOLD_H

#include "domain/notices.h"
#include "service/log/entered.h"
#include "service/log/reader.h"

/* One notice that fell due. */
typedef struct Told {
    NoticeId notice;
    int64_t due;
    uint32_t roles; /* for whom: set of 1 << ROLE_x */
} Told;
typedef struct TellList {
    const Told *items;
    uint32_t count;
} TellList;

/* Rows for everybody who has one of the roles towards the log now: the administrators, the manager of its unit, its holder, and who
 * takes part. Errors: E_NO_MEMORY, those of the store. */
MUST_USE Err told_rows(const LogReader *reader, const LogEntered *entered, TellList told, InboxRows *ret_rows);
/* Puts them; one person is told of one thing once. */
MUST_USE Err told_put(Tx *tx, const InboxRows *rows);

#endif

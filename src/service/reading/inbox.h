/* What somebody has been told, newest first; what waits for them still; and that they have read it.
 * Must not name a child whose log its reader may not see now, nor open more than headers.
 * Called by web and api. Rules: clocks 17, web 24, keys 3. */
#ifndef SERVICE_READING_INBOX_H
#define SERVICE_READING_INBOX_H

#include "domain/notices.h"
#include "service/log/reader.h"

typedef struct InboxItem {
    Id id;            /* of the notice */
    NoticeId notice;
    bool task;        /* something is to be done */
    bool waits;       /* and it is not done: its cause is there still */
    bool unread;
    int64_t at;       /* when it was told */
    int64_t due;      /* of what it tells; 0: an act told it */
    Id log;           /* none: the reader may not know of it now */
    uint32_t display; /* its number */
    Id unit;          /* that has it */
    Str child_name;   /* empty where the reader sees no name */
} InboxItem;

typedef struct InboxItems {
    const InboxItem *items;
    uint32_t count;
    uint32_t unread;  /* of all, also those that stand on other pages */
    int64_t silenced; /* set of 1 << notice that the reader does not want, and that are left out everywhere */
    uint32_t held;    /* logs that were found not to be what was written, and are held now */
    bool more;        /* older ones follow */
} InboxItems;

#define INBOX_PAGE 50

/* Behind which notice a page begins. */
typedef struct InboxBefore {
    int64_t at;       /* 0: from the newest */
    Id id;
} InboxBefore;

/* A page of one's own inbox, with a line that says how many were listed where any was. The work grows with what stands on
 * the page. A log that is not what was written is held, and not named. Errors: E_FORBIDDEN, those of the store and of
 * keys. */
MUST_USE Err inbox_read(const LogReader *reader, InboxBefore before, InboxItems *ret_items);
/* The tasks that wait, however much was told since, at most INBOX_TASKS, each cause once; with a line as above. The work grows with the tasks. */
#define INBOX_TASKS 200
MUST_USE Err inbox_waiting(const LogReader *reader, InboxItems *ret_items);
/* All that is unread has been read, with one line. Errors: as above. */
MUST_USE Err inbox_mark(const Actor *actor);

#endif

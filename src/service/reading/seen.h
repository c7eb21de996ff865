/* Who has seen a log: everybody who opened or wrote in it, a page at a time.
 * Must not show refusals, nor a line before its own is written.
 * Called by web and api. Rules: access 13, reading-and-writing 2. */
#ifndef SERVICE_READING_SEEN_H
#define SERVICE_READING_SEEN_H

#include "domain/policy/policy.h"
#include "service/log/reader.h"
#include "service/log/view.h"

/* How many lines of the audit a page is made of, and so at most how many openings. Many, since an opening that lies on both
 * sides of a page's end is shown on both pages. */
#define LOG_SEEN_PAGE 400

typedef struct LogSeenWish {
    Id log;
    uint64_t before;      /* of the page before this one; 0: from the newest */
    enum Opening reason;  /* why an administrator wants to know who of the family it was, a manager to read an active log */
} LogSeenWish;

typedef struct LogSeen {
    const Seen *items;    /* newest first */
    uint32_t count;
    uint64_t before;      /* of the next page; 0: there is none */
    bool nameless;        /* the family stands there by role: an administrator gives a reason first */
} LogSeen;

/* Everybody who opened or wrote in the log. This is itself an opening that stands in the list. An administrator reads the list
 * of every log, a held one too, without opening it. Errors: as log_open. */
MUST_USE Err log_seen(const LogReader *reader, const LogSeenWish *wish, Why *ret_why, LogSeen *ret_seen);

#endif

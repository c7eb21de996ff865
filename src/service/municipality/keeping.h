/* Rows that end by themselves, and how long each is kept: one row of the table for each kind (rules: clocks 13).
 * Must not name a verb of the store: over.c has one for each.
 * Used by the job that removes them. */
#ifndef SERVICE_MUNICIPALITY_KEEPING_H
#define SERVICE_MUNICIPALITY_KEEPING_H

#include "base/buf.h"

#define KEEPING_DAY_MS ((int64_t)24 * 60 * 60 * 1000)

/* name, code, from when on, kept for (ms), why so long */
#define KEEPINGS(X)                                                                                                        \
    X(SESSION, "session", "its end", 0, "nobody can go on with it")                                                        \
    X(FORM_KEY, "form_key", "it was sent", KEEPING_DAY_MS, "a form sent twice gets its first answer; no session lasts that long") \
    X(CODE_USED, "code_used", "it was used", KEEPING_DAY_MS, "from then on the line of its use is enough")                      \
    X(CODE, "code", "its end", 0, "it opens nothing any more")                                                             \
    X(WAIT, "wait", "the wait is over", KEEPING_DAY_MS, "whoever fails again the same day waits longer")                   \
    X(DRAFT, "draft", "it was kept", 14 * KEEPING_DAY_MS, "the clock draft_end")                                           \
    X(BLIND, "blind_request", "it was sent", 60 * KEEPING_DAY_MS, "closed after 30 days, it is shown as closed for as long again") \
    X(INVITATION, "invitation", "its end, or that of its maker's role", 0, "nobody may answer it any more")              \
    X(MAIL, "mail", "it was put into the outbox", 30 * KEEPING_DAY_MS, "a mail of then is no news; the notice stands where it stood") \
    X(REPORT, "report", "R1: twelve months after its log was deleted", 0, "so long an administrator may hand it to an archive") \
    X(REPORT_PART, "report_part", "it was stored", KEEPING_DAY_MS / 24, "of a report that was given up while it was made") \
    X(REPORT_ORDER, "report_order", "it was ordered", 7 * KEEPING_DAY_MS, "what it failed of is read, and another one is ordered")

#define X(name, code, from, length, why) KEEPING_##name,
typedef enum Keeping { KEEPINGS(X) KEEPING_COUNT } Keeping;
#undef X

/* What began to end at this time (UTC ms) or before is over. */
int64_t keeping_over(Keeping keeping, int64_t now);

/* The table as Markdown, for docs/rules. */
void keeping_print(Buf *buf);

#endif

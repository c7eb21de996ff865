/* Audit lines of a log as who has seen it, with names.
 * Must not show refusals.
 * Called by reading. Rules: access 13, reading-and-writing 2. */
#ifndef SERVICE_LOG_SEEN_H
#define SERVICE_LOG_SEEN_H

#include "service/log/entered.h"
#include "service/log/view.h"

/* How many openings a log's page shows beside the log, its own first. */
#define LOG_NEWEST_OPENINGS 4

/* The newest openings with names, behind this opening, whose line is durable already. */
MUST_USE Err log_seen_newest(Service *service, const Actor *actor, const LogEntered *entered, Arena *keep, LogView *view);

/* What is looked for: the newest `most` lines of these acts, before a line (0: from the newest). */
typedef struct SeenWish {
    Id log;
    ActSet acts;
    uint64_t before;
    uint32_t most;
} SeenWish;

/* How long after its beginning what somebody does in a log belongs to the same opening (rules: access 13). */
#define SEEN_OPENING_MS ((int64_t)30 * 60 * 1000)

/* Lines that were allowed: refusals are nobody's reading, and must not make a page longer. */
MUST_USE Err log_seen_lines(Tx *tx, const SeenWish *wish, Arena *keep, AuditRows *ret_rows);
/* seen[i] from rows[i], named from those who take part. Errors: E_RANGE for a role that is none. */
MUST_USE Err log_seen_all(const AuditRows *rows, const LogPerson *people, uint32_t people_count, Seen *seen);
/* Lines, newest first, become openings, newest first, in their place. Returns their number. The audit keeps each line. */
uint32_t log_seen_openings(Seen *seen, uint32_t count);
/* Staff who never took part (administrators, managers) are named from their accounts; an erased one has no name left. */
MUST_USE Err log_seen_name(Service *service, const Actor *actor, Seen *seen, uint32_t count, Arena *keep);

#endif

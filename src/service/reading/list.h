/* The logs that a person takes part in or answers for, from their headers alone.
 * Must not open a log: the entry key is never asked for.
 * Called by web and api. Rules: keys 3, 11, reading-and-writing 2. */
#ifndef SERVICE_READING_LIST_H
#define SERVICE_READING_LIST_H

#include "service/log/view.h"
#include "service/service.h"

/* The logs that this person, in this role, takes part in or answers for. Work grows with these only. One line "listed n".
 * Logs that need a reason (EL, KA) are not here: they are reached by number with log_open. */
MUST_USE Err log_list(Service *service, const Actor *actor, Arena *keep, LogSummaries *ret_logs);

/* The passive logs of a manager's own unit, and of the municipality for an administrator, who sees no names: how long they have been
 * so, and what comes next. Those that have been so for longest first, a page at a time. One line. */
typedef struct PassiveBehind {
    int64_t passive_at, no; /* zeros: from the start */
} PassiveBehind;
#define PASSIVE_PAGE 50
MUST_USE Err log_list_passive(Service *service, const Actor *actor, PassiveBehind behind, Arena *keep, LogSummaries *ret_logs);

#endif

/* The newest version of each entry of a log, found in one walk over its rows.
 * Must not open anything.
 * Made by enter; used by the rooms log, reading and acts. */
#ifndef SERVICE_LOG_NEWEST_H
#define SERVICE_LOG_NEWEST_H

#include "service/service.h"

/* One entry: the rows of its first and of its newest version. */
typedef struct LogVersions {
    const EntryRow *first;
    const EntryRow *newest;
} LogVersions;

/* Every entry of a log, in the order in which they were first written. */
typedef struct LogNewest {
    LogVersions *items;
    uint32_t count;
    uint32_t *places;   /* by id: position in items + 1, 0 for none; one for each bit pattern of mask */
    uint32_t mask;
    const EntryRow *last[KIND_LIMIT];   /* by kind: the first version of the entry that was begun last, or NULL */
} LogNewest;

/* rows as the store gives them: all versions, in the order of writing. What it holds lives in keep. Errors: E_NO_MEMORY;
 * E_FORGED for a version of an entry that was never begun. */
MUST_USE Err log_newest_make(const EntryRows *rows, Arena *keep, LogNewest *ret_newest);
/* One more entry, of which this is the first version; items has room for it. It is not found by its id. */
void log_newest_begin(LogNewest *newest, const EntryRow *row);
/* Whether somebody has written an entry, in the role in which they act: it is theirs (rules: access 12). */
bool log_is_author(const LogVersions *entry, const Actor *actor);
/* The entry of this id (of its first version), or NULL. */
const LogVersions *log_newest_find(const LogNewest *newest, Id entry);

#endif

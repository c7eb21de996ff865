/* What the suites of this folder share: a work's context, a permit, a log.
 * Must not know which database it is.
 * Included by conform_*.c, each of which is run on SQLite and on PostgreSQL. */
#ifndef TESTS_CONFORM_H
#define TESTS_CONFORM_H

#include <string.h>

#include "support/stores.h"

#include "store/ending/purge.h"

/* One work given as a block of code: WRITE(place, context, { ... }) runs on the writer's thread. */
typedef struct Work {
    Id id, other, third;
    LogRow log;
    EntryRow entry;
    Hash hash;
    Str text;
    int64_t no;
    uint32_t number;
    enum err_id error;
    const LogContent *known;
    Arena *keep;
    Stores *stores;
} Work;

#define WORK(name) static Err name(Tx *tx, void *context_)
#define CONTEXT Work *w = context_

__attribute__((unused)) static Permit permit_of(Id person, Id log)
{
    Permit permit = {0};
    Why why = policy_permit((Ask){.role = ROLE_RELAY_HOLDER, .act = ACT_LOG_READ, .relation = RELATION_PARTICIPANT, .state = STATE_ACTIVE},
                            (Subject){.person = person, .log = log, .access_version = 1}, &permit);
    EXPECT(why == WHY_ALLOWED);
    return permit;
}

/* In a work: the log is read and purged. */
__attribute__((unused)) static Err purge_of(Tx *tx, int64_t no, PurgeCounts *ret_counts)
{
    LogRow row;

    TRY(store_log_by_no(tx, no, &row));
    return store_log_purge(tx, &row, ret_counts);
}

__attribute__((unused)) WORK(make_log)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    TRY(store_log_insert(tx, &w->log, &w->no));
    w->log.no = w->no;
    return store_audit(tx, &line);
}

__attribute__((unused)) static int64_t made_log(Place *place, Work *w)
{
    w->log = log_row();
    EXPECT_OK(store_write(place->store, make_log, w));
    return w->no;
}

/* Where a scope is found whose blind index is this text of sixteen letters; no epoch is being turned. */
static inline ScopeIndex index_at(Str text)
{
    ScopeIndex index;

    memcpy(index.present, text.data, ID_BYTES);
    memcpy(index.former, text.data, ID_BYTES);
    return index;
}

#endif

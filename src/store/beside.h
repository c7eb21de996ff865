/* What stands beside a log on its page, read in one question; store.h has the rules.
 * Must not tell it without a permit for the log.
 * Called by service. */
#ifndef STORE_BESIDE_H
#define STORE_BESIDE_H

#include "store/store.h"

/* Some units in the order of ids, and the key of the scope under which they are sealed (zeros when there is none). Unknown ids
 * are passed over. */
typedef struct UnitsWish {
    const Id *ids;
    uint32_t count;
    Id scope;
} UnitsWish;
typedef struct UnitsFound {
    UnitRows units;
    ScopeKeyRow scope;
} UnitsFound;
MUST_USE Err store_units_found(Tx *tx, const UnitsWish *wish, Arena *keep, UnitsFound *ret_found);

/* What a page shows beside a log: the units of the log, its people and its consents, with the key of their scope. */
typedef struct LogBesideWish {
    Id scope;
    ActSet seen;                    /* as for store_audit_seen, from the newest line */
    uint32_t seen_max;
    uint32_t seen_least;            /* fewer among the newest lines, and they are looked for from the start */
} LogBesideWish;
typedef struct LogBesideRows {
    UnitsFound units;
    AuditRows seen;
    uint32_t drafts;                /* of the permit's person */
} LogBesideRows;
MUST_USE Err store_log_beside(Tx *tx, const Permit *permit, const LogBesideWish *wish, Arena *keep, LogBesideRows *ret_rows);

#endif

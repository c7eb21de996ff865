/* What stands beside a log on its page: units by name, who was there last, how many drafts wait.
 * Must not tell it without a permit for the log.
 * Called by service. */
#include "store/beside.h"

#include "domain/policy/permit.h"
#include "store/audit.h"
#include "store/tx.h"

PROVEN_SHAPE(unit, UNIT, UnitRow);
SHAPE(scope_key, SCOPE_KEY, ScopeKeyRow);
SHAPE(audit, AUDIT_LINE, AuditRow);

#define UNITS_AT_ONCE (TX_ASKS_MAX - 1)

typedef struct Count {
    int64_t value;
} Count;

static const Field count_fields[] = {{.type = FIELD_I64, .offset = offsetof(Count, value)}};
static const Shape count_shape = {.fields = count_fields, .count = 1, .size = sizeof(Count)};

/* ---- units ---- */

/* Each is a question of its own, by key; the scope's key comes with the first ones. */
static Err ask_units(Tx *tx, const UnitsWish *wish, uint32_t from, Arena *keep, UnitsFound *found)
{
    const Value scope = value_id(&wish->scope);
    UnitRows units[UNITS_AT_ONCE] = {0};
    TxAsk asks[UNITS_AT_ONCE + 1];
    Value keys[UNITS_AT_ONCE];
    ScopeKeyRows scopes = {0};
    uint32_t count = 0;

    for (; count < UNITS_AT_ONCE && from + count < wish->count; count++) {
        keys[count] = value_id(&wish->ids[from + count]);
        asks[count] = TX_ASK(SQL_TRACK_UNIT, &keys[count], &shape_unit, &units[count]);
    }
    asks[count] = TX_ASK(SQL_TRACK_SCOPE_KEY, &scope, &shape_scope_key, &scopes);
    TRY(tx_ask_all(tx, asks, from == 0 ? count + 1 : count, keep));
    for (uint32_t i = 0; i < count; i++)
        if (units[i].count == 1)
            found->units.items[found->units.count++] = units[i].items[0];
    if (scopes.count == 1)
        found->scope = scopes.items[0];
    return ok();
}

Err store_units_found(Tx *tx, const UnitsWish *wish, Arena *keep, UnitsFound *ret_found)
{
    UnitsFound found = {0};

    TRY(ARENA_NEW(keep, UnitRow, (size_t)wish->count + 1, &found.units.items));
    for (uint32_t from = 0; from < wish->count; from += UNITS_AT_ONCE)
        TRY(ask_units(tx, wish, from, keep, &found));
    *ret_found = found;
    return ok();
}

/* ---- a page ---- */

/* Whoever has found as many as are shown looks at no more. */
typedef struct Seeking {
    const LogBesideWish *wish;
    uint32_t found;
} Seeking;

static bool found_enough(void *self, const void *row)
{
    const AuditRow *line = row;
    Seeking *seeking = self;

    seeking->found += audit_wanted(&seeking->wish->seen, line->line.act);
    return seeking->found >= seeking->wish->seen_max;
}

/* The newest lines are most often enough; where they are not, they are looked for from the start. */
static Err keep_seen(Tx *tx, Id log, const LogBesideWish *wish, Arena *keep, AuditRows *rows)
{
    uint32_t looked_at = rows->count;

    rows->count = 0;
    for (uint32_t i = 0; i < looked_at && rows->count < wish->seen_max; i++)
        if (audit_wanted(&wish->seen, rows->items[i].line.act))
            rows->items[rows->count++] = rows->items[i];
    if (rows->count >= wish->seen_least || looked_at < 2 * wish->seen_max)
        return ok();
    return store_audit_seen(tx, &(AuditPage){.of = log, .acts = &wish->seen, .max = wish->seen_max}, keep, rows);
}

enum { UNITS, SCOPE, SEEN, DRAFTS };

Err store_log_beside(Tx *tx, const Permit *permit, const LogBesideWish *wish, Arena *keep, LogBesideRows *ret_rows)
{
    LogBesideRows rows = {0};
    ScopeKeyRows scopes = {0};
    struct {
        Count *items;
        uint32_t count;
    } drafts = {0};
    Id log;

    TRY(permit_log(permit, &log));
    const Value seen[] = {value_id(&log), value_number(INT64_MAX), value_number(2 * (int64_t)wish->seen_max)};
    const Value own[] = {value_id(&log), value_id(&permit->person)};
    const Value scope = value_id(&wish->scope);
    Seeking seeking = {.wish = wish};
    const RowEnough enough = {.self = &seeking, .row = found_enough};
    TxAsk asks[] = {
        [UNITS] = TX_ASK(SQL_UNITS_OF_LOG, own, &shape_unit, &rows.units.units),
        [SCOPE] = TX_ASK(SQL_TRACK_SCOPE_KEY, &scope, &shape_scope_key, &scopes),
        [SEEN] = TX_ASK(SQL_AUDIT_SEEN, seen, &shape_audit, &rows.seen),
        [DRAFTS] = TX_ASK(SQL_DRAFTS_COUNT, own, &count_shape, &drafts),
    };

    asks[SEEN].enough = &enough;
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), keep));
    TRY(keep_seen(tx, log, wish, keep, &rows.seen));
    if (scopes.count == 1)
        rows.units.scope = scopes.items[0];
    rows.drafts = drafts.count == 1 ? (uint32_t)drafts.items[0].value : 0;
    *ret_rows = rows;
    return ok();
}

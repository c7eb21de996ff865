/* What stands beside a log on its page: units by name, who was there last, how many drafts wait.
 * Must not tell it without a permit for the log.
 * Called by service. */
#include "store/beside.h"

#include "domain/permit.h"
#include "store/audit.h"
#include "store/tx.h"

SHAPE(unit, UNIT, UnitRow);
SHAPE(scope_key, SCOPE_KEY, ScopeKeyRow);
SHAPE(audit, AUDIT_LINE, AuditRow);

/* So many units go in one question; with the others of a page they are within TX_ASKS_MAX. */
#define UNITS_AT_ONCE 12

typedef struct Count {
    int64_t value;
} Count;

static const Field count_fields[] = {{.type = FIELD_I64, .offset = offsetof(Count, value)}};
static const Shape count_shape = {.fields = count_fields, .count = 1, .size = sizeof(Count)};

/* ---- units ---- */

/* Units on their way: each is a question of its own, by key. */
typedef struct Asked {
    Value keys[UNITS_AT_ONCE], scope;
    UnitRows found[UNITS_AT_ONCE];
    ScopeKeyRows scopes;
    uint32_t units;
} Asked;

static uint32_t ask_units(const UnitsWish *wish, uint32_t from, Asked *asked, TxAsk asks[static UNITS_AT_ONCE + 1])
{
    uint32_t count = 0;

    *asked = (Asked){.scope = value_id(&wish->scope)};
    for (; count < UNITS_AT_ONCE && from + count < wish->count; count++) {
        asked->keys[count] = value_id(&wish->ids[from + count]);
        asks[count] = TX_ASK(SQL_TRACK_UNIT, &asked->keys[count], &shape_unit, &asked->found[count]);
    }
    asked->units = count;
    asks[count] = TX_ASK(SQL_TRACK_SCOPE_KEY, &asked->scope, &shape_scope_key, &asked->scopes);
    return count + 1;
}

static void take_units(const Asked *asked, UnitsFound *found)
{
    for (uint32_t i = 0; i < asked->units; i++)
        if (asked->found[i].count == 1)
            found->units.items[found->units.count++] = asked->found[i].items[0];
    if (asked->scopes.count == 1)
        found->scope = asked->scopes.items[0];
}

static Err units_from(Tx *tx, const UnitsWish *wish, uint32_t from, Arena *keep, UnitsFound *found)
{
    TxAsk asks[UNITS_AT_ONCE + 1];
    Asked asked;

    for (; from < wish->count; from += asked.units) {
        uint32_t count = ask_units(wish, from, &asked, asks);
        TRY(tx_ask_all(tx, asks, count, keep));
        take_units(&asked, found);
    }
    return ok();
}

Err store_units_found(Tx *tx, const UnitsWish *wish, Arena *keep, UnitsFound *ret_found)
{
    UnitsFound found = {0};

    TRY(ARENA_NEW(keep, UnitRow, (size_t)wish->count + 1, &found.units.items));
    TRY(units_from(tx, wish, 0, keep, &found));
    *ret_found = found;
    return ok();
}

/* ---- a page ---- */

/* The newest lines are most often enough; where they are not, they are looked for from the start. */
static Err keep_seen(Tx *tx, Id log, const LogBesideWish *wish, Arena *keep, AuditRows *rows)
{
    uint32_t looked_at = rows->count;

    rows->count = 0;
    for (uint32_t i = 0; i < looked_at && rows->count < wish->seen_max; i++)
        if (audit_wanted(&wish->seen, rows->items[i].line.act))
            rows->items[rows->count++] = rows->items[i];
    if (rows->count == wish->seen_max || looked_at < 2 * wish->seen_max)
        return ok();
    return store_audit_seen(tx, log, &wish->seen, 0, wish->seen_max, keep, rows);
}

Err store_log_beside(Tx *tx, const Permit *permit, const LogBesideWish *wish, Arena *keep, LogBesideRows *ret_rows)
{
    LogBesideRows rows = {0};
    TxAsk asks[UNITS_AT_ONCE + 3];
    struct {
        Count *items;
        uint32_t count;
    } drafts = {0};
    Asked asked;
    Id log;

    TRY(permit_log(permit, &log));
    const Value seen[] = {value_id(&log), value_number(INT64_MAX), value_number(2 * (int64_t)wish->seen_max)};
    const Value own[] = {value_id(&log), value_id(&permit->person)};
    uint32_t count = ask_units(&wish->units, 0, &asked, asks);
    asks[count++] = TX_ASK(SQL_AUDIT_SEEN, seen, &shape_audit, &rows.seen);
    asks[count++] = TX_ASK(SQL_DRAFTS_COUNT, own, &count_shape, &drafts);
    TRY(ARENA_NEW(keep, UnitRow, (size_t)wish->units.count + 1, &rows.units.units.items));
    TRY(tx_ask_all(tx, asks, count, keep));
    take_units(&asked, &rows.units);
    TRY(units_from(tx, &wish->units, asked.units, keep, &rows.units));
    TRY(keep_seen(tx, log, wish, keep, &rows.seen));
    rows.drafts = drafts.count == 1 ? (uint32_t)drafts.items[0].value : 0;
    *ret_rows = rows;
    return ok();
}

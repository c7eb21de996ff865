/* Requests of units for logs that they do not know of.
 * Must not tell whether one was met.
 * Called by service. */
#include "store/request/blind.h"

#include "domain/states.h"
#include "store/tx.h"

PROVEN_SHAPE(scope_key, SCOPE_KEY, ScopeKeyRow);
SHAPE(log_plain, LOG_PLAIN, LogRow);
PROVEN_SHAPE(blind_request, BLIND_REQUEST, BlindRequestRow);

#define ROWS_MAX 10000

static Err max_ok(uint32_t max)
{
    return max >= 1 && max <= ROWS_MAX ? ok() : fail(E_RANGE);
}

Err store_blind_insert(Tx *tx, const BlindRequestRow *row)
{
    Value values[COLUMNS_MAX];
    Hash proof;

    TRY(tx_values(tx, &shape_blind_request, row, &proof, values));
    return tx_change_or(tx, SQL_BLIND_INSERT, values, E_DUPLICATE);
}

/* The row that leads there is proven, and the statement alone is not believed. */
Err store_blind_log(Tx *tx, const ScopeIndex *index, Arena *keep, Id *ret_log)
{
    const Value parameters[] = {value_bytes(str_from_bytes(index->present, ID_BYTES)),
                                value_bytes(str_from_bytes(index->former, ID_BYTES)), value_number(STATE_ACTIVE), value_number(STATE_PASSIVE)};
    ScopeKeyRows scopes = {0};
    TxKey newest = {0};
    bool proven = false;

    TRY(store_scopes_by_index(tx, index, keep, &scopes));
    Err found = tx_row(tx, ASKS(SQL_BLIND_LOG, parameters), &tx_id_shape, NULL, &newest);
    if (found.id != E_NOT_FOUND)
        TRY(found);
    for (uint32_t i = 0; i < scopes.count; i++)
        proven = proven || id_equal(scopes.items[i].scope, newest.id);
    *ret_log = proven ? newest.id : (Id){0};
    return ok();
}

Err store_blind_counts(Tx *tx, const BlindRequestRow *row, const BlindCounts *since, BlindCounts *ret_counts)
{
    const Value person[] = {value_id(&row->person), value_number(since->person)};
    const Value unit[] = {value_id(&row->unit), value_number(since->unit)};

    TRY(tx_number(tx, SQL_BLIND_OF_PERSON_SINCE, person, &ret_counts->person));
    return tx_number(tx, SQL_BLIND_OF_UNIT_SINCE, unit, &ret_counts->unit);
}

Err store_blind_sent(Tx *tx, Id unit, uint32_t max, Arena *keep, BlindRequestRows *ret_rows)
{
    const Value parameters[] = {value_id(&unit), value_number(max)};

    TRY(max_ok(max));
    return TX_ROWS(tx, SQL_BLIND_SENT, parameters, &shape_blind_request, keep, ret_rows);
}

Err store_blind_met(Tx *tx, const BlindMet *asked, Arena *keep, BlindRequestRows *ret_rows)
{
    const Value parameters[] = {value_id(&asked->unit), value_number(asked->since), value_number(asked->max)};
    const bool any = id_is_none(asked->unit);

    TRY(max_ok(asked->max));
    return TX_ROWS(tx, any ? SQL_BLIND_FOUND : SQL_BLIND_RECEIVED, any ? &parameters[1] : parameters, &shape_blind_request, keep, ret_rows);
}

Err store_blind_untold(Tx *tx, uint32_t max, Arena *keep, BlindRequestRows *ret_rows)
{
    const Value parameter = value_number(max);

    TRY(max_ok(max));
    return TX_ROWS(tx, SQL_BLIND_UNTOLD, &parameter, &shape_blind_request, keep, ret_rows);
}

Err store_blind_told(Tx *tx, const BlindRequestRow *row, int64_t now)
{
    BlindRequestRow told = *row;

    told.told_at = now;
    return tx_replace(tx, SQL_BLIND_REPLACE, &shape_blind_request, &told);
}

Err store_blind_same(Tx *tx, int64_t since, Arena *keep, BlindSame *ret_same)
{
    const Value parameters[] = {value_number(since), value_number(STATE_ACTIVE), value_number(STATE_PASSIVE)};

    TRY(TX_ROWS(tx, SQL_BLIND_SCOPES, parameters, &shape_scope_key, keep, &ret_same->scopes));
    return TX_ROWS(tx, SQL_BLIND_LOGS, parameters, &shape_log_plain, keep, &ret_same->logs);
}

static Str index_of(const ScopeKeyRows *scopes, Id log)
{
    for (uint32_t i = 0; i < scopes->count; i++)
        if (id_equal(scopes->items[i].scope, log))
            return scopes->items[i].blind_index;
    return STR_NONE;
}

uint32_t blind_same_of(const BlindSame *same, const BlindRequestRow *row, const LogRow **room)
{
    const Str index = index_of(&same->scopes, row->log);
    uint32_t count = 0;

    for (uint32_t i = 0; i < same->logs.count && index.length > 0; i++)
        if (str_equal(index_of(&same->scopes, same->logs.items[i].id), index))
            room[count++] = &same->logs.items[i];
    return count;
}

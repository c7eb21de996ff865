/* Sessions, form keys, drafts, waiting after failures: rows that ask for no line, lost without harm.
 * Must not hold anything that the chain should cover.
 * Called by service. */
#include "store/volatile.h"

#include "domain/permit.h"
#include "store/tx.h"

SHAPE(session, SESSION, SessionRow);
SHAPE(form_key, FORM_KEY, FormKeyRow);
SHAPE(draft, DRAFT, DraftRow);
SHAPE(backoff, BACKOFF, BackoffRow);
SHAPE(role, ROLE, RoleRow);

#define SECRET_MAX 64

static Err change(Tx *tx, enum sql id, const Value *parameters)
{
    bool any;
    return tx_change(tx, id, parameters, &any, NULL);
}

/* ---- sessions ---- */

Err store_session_insert(Tx *tx, const SessionRow *row)
{
    Value values[COLUMNS_MAX];

    if (row->form_secret.length > SECRET_MAX || row->wizard_key.length > SECRET_MAX)
        return fail(E_RANGE);
    row_to_values(&shape_session, row, values);
    return tx_change_or(tx, SQL_SESSION_INSERT, values, E_DUPLICATE);
}

Err store_session_by_token(Tx *tx, const Hash *token_hash, Arena *keep, SessionRow *ret_row)
{
    const Value parameter = value_hash(token_hash);
    return tx_row(tx, ASKS(SQL_SESSION_BY_TOKEN, &parameter), &shape_session, keep, ret_row);
}

Err store_session_with_role(Tx *tx, const Hash *token_hash, Arena *keep, SessionRow *ret_row, RoleRow *ret_role)
{
    const Value parameter = value_hash(token_hash);
    SessionRows sessions = {0};
    RoleRows roles = {0};
    const TxAsk asks[] = {
        TX_ASK(SQL_SESSION_BY_TOKEN, &parameter, &shape_session, &sessions),
        TX_ASK(SQL_SESSION_ROLE, &parameter, &shape_role, &roles),
    };

    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), keep));
    if (sessions.count != 1)
        return fail(E_NOT_FOUND);
    *ret_row = sessions.items[0];
    *ret_role = roles.count == 1 ? roles.items[0] : (RoleRow){0};
    return ok();
}

Err store_sessions_of_person(Tx *tx, Id person, Arena *keep, SessionRows *ret_rows)
{
    const Value parameter = value_id(&person);
    return TX_ROWS(tx, SQL_SESSIONS_OF_PERSON, &parameter, &shape_session, keep, ret_rows);
}

Err store_session_touch(Tx *tx, const Hash *token_hash, int64_t now)
{
    const Value parameters[] = {value_hash(token_hash), value_number(now)};
    return tx_change_or(tx, SQL_SESSION_TOUCH, parameters, E_NOT_FOUND);
}

Err store_session_wizard(Tx *tx, const Hash *token_hash, Str wizard_key)
{
    const Value parameters[] = {value_hash(token_hash), value_bytes(wizard_key)};

    if (wizard_key.length > SECRET_MAX)
        return fail(E_RANGE);
    return tx_change_or(tx, SQL_SESSION_WIZARD, parameters, E_NOT_FOUND);
}

Err store_session_take(Tx *tx, const Hash *token_hash)
{
    const Value parameter = value_hash(token_hash);
    return tx_change_or(tx, SQL_SESSION_DELETE, &parameter, E_NOT_FOUND);
}

Err store_sessions_delete_of_person(Tx *tx, Id person)
{
    const Value parameter = value_id(&person);
    return change(tx, SQL_SESSIONS_DELETE_OF_PERSON, &parameter);
}

/* ---- form keys ---- */

Err store_form_claim(Tx *tx, const FormKeyRow *row)
{
    Value values[COLUMNS_MAX];

    row_to_values(&shape_form_key, row, values);
    return tx_change_or(tx, SQL_FORM_INSERT, values, E_REPLAYED);
}

Err store_form_answer(Tx *tx, const Hash *hash, Str location, uint16_t status)
{
    const Value parameters[] = {value_hash(hash), value_text(location), value_number(status)};
    return tx_change_or(tx, SQL_FORM_ANSWER, parameters, E_NOT_FOUND);
}

Err store_form_by_hash(Tx *tx, const Hash *hash, Arena *keep, FormKeyRow *ret_row)
{
    const Value parameter = value_hash(hash);
    return tx_row(tx, ASKS(SQL_FORM_BY_HASH, &parameter), &shape_form_key, keep, ret_row);
}

/* ---- drafts ---- */

Err store_draft_put(Tx *tx, const DraftRow *row, Id *ret_id)
{
    Value values[COLUMNS_MAX];

    row_to_values(&shape_draft, row, values);
    return tx_change_id(tx, ASKS(SQL_DRAFT_PUT, values), E_INTERNAL, ret_id, NULL);
}

Err store_drafts(Tx *tx, const Permit *permit, Arena *keep, DraftRows *ret_rows)
{
    Id log;

    TRY(permit_log(permit, &log));
    const Value parameters[] = {value_id(&log), value_id(&permit->person)};
    return TX_ROWS(tx, SQL_DRAFTS, parameters, &shape_draft, keep, ret_rows);
}

Err store_draft_delete(Tx *tx, int64_t log_no, Id person, uint16_t kind, Id entry)
{
    const Value parameters[] = {value_number(log_no), value_id(&person), value_number(kind), value_id(&entry)};
    return change(tx, SQL_DRAFT_DELETE, parameters);
}

/* ---- waiting after failures ---- */

Err store_backoff(Tx *tx, Id key, BackoffRow *ret_row)
{
    const Value parameter = value_id(&key);

    Err error = tx_row(tx, ASKS(SQL_BACKOFF_BY_KEY, &parameter), &shape_backoff, NULL, ret_row);
    if (error.id == E_NOT_FOUND) {
        *ret_row = (BackoffRow){.key = key};
        return ok();
    }
    return error;
}

Err store_backoff_put(Tx *tx, const BackoffRow *row)
{
    Value values[COLUMNS_MAX];

    row_to_values(&shape_backoff, row, values);
    return change(tx, SQL_BACKOFF_PUT, values);
}

Err store_backoff_clear(Tx *tx, Id key)
{
    const Value parameter = value_id(&key);
    return change(tx, SQL_BACKOFF_DELETE, &parameter);
}

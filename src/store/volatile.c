/* Sessions, form keys, drafts, waiting after failures, invitations: rows that ask for no line, lost without harm.
 * Must not hold anything that the chain should cover.
 * Called by service. */
#include "store/volatile.h"

#include "domain/policy/permit.h"
#include "store/audit.h"

PROVEN_SHAPE(session, SESSION, SessionRow);
PROVEN_SHAPE(form_key, FORM_KEY, FormKeyRow);
PROVEN_SHAPE(draft, DRAFT, DraftRow);
PROVEN_SHAPE(backoff, BACKOFF, BackoffRow);
NEWEST_SHAPE(newest_role, ROLE, RoleRow, role_is_outdated);
PROVEN_SHAPE(job, JOB, JobRow);
PROVEN_SHAPE(invitation, INVITATION, InvitationRow);
PROVEN_SHAPE(invited, INVITED, InvitedRow);

#define SECRET_MAX 64
#define JOB_COLUMNS 5

static Err change(Tx *tx, enum sql id, const Value *parameters)
{
    bool any;
    return tx_change(tx, id, parameters, &any, NULL);
}

/* A row on its way in, by the statement that takes it. */
typedef struct RowIn {
    enum sql id;
    const Shape *shape;
    const void *row;
} RowIn;
#define ASKS_ROW(id_, shape_, row_) ((RowIn){.id = (id_), .shape = (shape_), .row = (row_)})

static Err insert(Tx *tx, RowIn in, enum err_id otherwise)
{
    Value values[COLUMNS_MAX];
    Hash proof;

    TRY(tx_values(tx, in.shape, in.row, &proof, values));
    return tx_change_or(tx, in.id, values, otherwise);
}

/* ---- sessions ---- */

Err store_session_insert(Tx *tx, const SessionRow *row)
{
    if (row->form_secret.length > SECRET_MAX || row->wizard_key.length > SECRET_MAX)
        return fail(E_RANGE);
    return insert(tx, ASKS_ROW(SQL_SESSION_INSERT, &shape_session, row), E_DUPLICATE);
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
        TX_ASK(SQL_SESSION_ROLE, &parameter, &shape_newest_role, &roles),
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

static Err session_to_change(Tx *tx, const Hash *token_hash, SessionRow *ret_row)
{
    return tx->writing ? store_session_by_token(tx, token_hash, tx->scratch, ret_row) : fail(E_INTERNAL);
}

Err store_session_touch(Tx *tx, const Hash *token_hash, int64_t now)
{
    SessionRow row;

    TRY(session_to_change(tx, token_hash, &row));
    if (row.touched_at >= now)
        return ok();
    row.touched_at = now;
    return tx_replace(tx, SQL_SESSION_REPLACE, &shape_session, &row);
}

Err store_session_wizard(Tx *tx, const Hash *token_hash, Str wizard_key)
{
    SessionRow row;

    if (wizard_key.length > SECRET_MAX)
        return fail(E_RANGE);
    TRY(session_to_change(tx, token_hash, &row));
    row.wizard_key = wizard_key;
    return tx_replace(tx, SQL_SESSION_REPLACE, &shape_session, &row);
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
    return insert(tx, ASKS_ROW(SQL_FORM_INSERT, &shape_form_key, row), E_REPLAYED);
}

Err store_form_answer(Tx *tx, const Hash *hash, Str location, uint16_t status)
{
    const Value key = value_hash(hash);
    FormKeyRow row;

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(tx_row(tx, ASKS(SQL_FORM_BY_HASH, &key), &shape_form_key, tx->scratch, &row));
    row.answer_location = location;
    row.status = status;
    return tx_replace(tx, SQL_FORM_REPLACE, &shape_form_key, &row);
}

Err store_form_by_hash(Tx *tx, const Hash *hash, Arena *keep, FormKeyRow *ret_row)
{
    const Value parameter = value_hash(hash);
    return tx_row(tx, ASKS(SQL_FORM_BY_HASH, &parameter), &shape_form_key, keep, ret_row);
}

/* ---- drafts ---- */

/* The proof is over the id that stays. */
static Err keep_draft_id(Tx *tx, DraftRow *row)
{
    const Value parameters[] = {value_number(row->log_no), value_id(&row->person), value_number(row->kind), value_id(&row->entry)};
    DraftRow former;

    Err found = tx_row(tx, ASKS(SQL_DRAFT_OF, parameters), &shape_draft, tx->scratch, &former);
    if (found.id == E_NOT_FOUND)
        return ok();
    TRY(found);
    row->id = former.id;
    return ok();
}

Err store_draft_put(Tx *tx, const DraftRow *row, Id *ret_id)
{
    Value values[COLUMNS_MAX];
    DraftRow made = *row;
    Hash proof;

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(keep_draft_id(tx, &made));
    TRY(tx_values(tx, &shape_draft, &made, &proof, values));
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
    return insert(tx, ASKS_ROW(SQL_BACKOFF_PUT, &shape_backoff, row), E_INTERNAL);
}

Err store_backoff_clear(Tx *tx, Id key)
{
    const Value parameter = value_id(&key);
    return change(tx, SQL_BACKOFF_DELETE, &parameter);
}

/* ---- jobs ---- */

Err store_job(Tx *tx, Str name, Arena *keep, JobRow *ret_row)
{
    const Value parameter = value_text(name);

    Err found = tx_row(tx, ASKS(SQL_JOB_BY_NAME, &parameter), &shape_job, keep, ret_row);
    if (found.id == E_NOT_FOUND) {
        *ret_row = (JobRow){.name = name};
        return ok();
    }
    return found;
}

/* In the place of the row that was read: whoever came between has it. */
static Err replace_job(Tx *tx, const JobRow *before, const JobRow *row, enum err_id otherwise)
{
    Value values[COLUMNS_MAX];
    Hash proof;

    TRY(tx_values(tx, &shape_job, row, &proof, values));
    values[JOB_COLUMNS] = value_number(before->done_to);
    values[JOB_COLUMNS + 1] = value_id(&before->runner);
    values[JOB_COLUMNS + 2] = value_number(before->until_at);
    return tx_change_or(tx, SQL_JOB_REPLACE, values, otherwise);
}

/* Nobody runs it, and it does not wait after a failure, or need not. */
static bool job_is_free(const JobRow *row, const JobTake *take)
{
    return row->until_at <= take->now || id_equal(row->runner, take->runner) || (take->at_once && id_is_none(row->runner));
}

Err store_job_take(Tx *tx, const JobTake *take, JobRow *ret_row)
{
    JobRow before, row;

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(store_job(tx, take->name, tx->scratch, &before));
    if (!job_is_free(&before, take))
        return fail(E_BUSY);
    row = before;
    row.runner = take->runner;
    row.until_at = take->until_at;
    bool first = before.done_to == 0 && before.until_at == 0 && id_is_none(before.runner);
    Err taken = first ? insert(tx, ASKS_ROW(SQL_JOB_INSERT, &shape_job, &row), E_STALE) : fail(E_STALE);
    if (taken.id == E_STALE)
        taken = replace_job(tx, &before, &row, E_BUSY);
    TRY(taken);
    row.name = take->name;
    *ret_row = row;
    return ok();
}

Err store_job_give(Tx *tx, const JobRow *row, int64_t done_to, int64_t until_at)
{
    const JobRow given = {.name = row->name, .done_to = done_to, .until_at = until_at};

    return tx->writing ? replace_job(tx, row, &given, E_STALE) : fail(E_INTERNAL);
}

/* ---- consents that are asked for before there is a log ---- */

Err store_invitation_insert(Tx *tx, const InvitationRow *row)
{
    return insert(tx, ASKS_ROW(SQL_INVITATION_INSERT, &shape_invitation, row), E_DUPLICATE);
}

Err store_invitation_by_id(Tx *tx, Id id, Arena *keep, InvitationRow *ret_row)
{
    const Value parameter = value_id(&id);
    return tx_row(tx, ASKS(SQL_INVITATION_BY_ID, &parameter), &shape_invitation, keep, ret_row);
}

Err store_invitations_of_person(Tx *tx, Id maker, Arena *keep, InvitationRows *ret_rows)
{
    const Value parameter = value_id(&maker);
    return TX_ROWS(tx, SQL_INVITATIONS_OF_PERSON, &parameter, &shape_invitation, keep, ret_rows);
}

Err store_invitation_seal(Tx *tx, const InvitationRow *row)
{
    InvitationRow made;

    Err read = tx->writing ? store_invitation_by_id(tx, row->id, tx->scratch, &made) : fail(E_INTERNAL);
    if (read.id == E_NOT_FOUND || (is_ok(read) && made.version != row->version))
        return fail(E_STALE);
    TRY(read);
    made.sealed = row->sealed;
    made.version++;
    return tx_replace(tx, SQL_INVITATION_REPLACE, &shape_invitation, &made);
}

static Err is_asked_once(Tx *tx, const InvitedRow *row)
{
    InvitedRows rows = {0};

    TRY(store_invited_of(tx, row->invitation, tx->scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        if (!id_equal(rows.items[i].id, row->id) && id_equal(rows.items[i].person, row->person))
            return fail(E_DUPLICATE);
    return ok();
}

Err store_invited_insert(Tx *tx, const InvitedRow *row)
{
    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(is_asked_once(tx, row));
    return insert(tx, ASKS_ROW(SQL_INVITED_INSERT, &shape_invited, row), E_DUPLICATE);
}

Err store_invited_update(Tx *tx, const InvitedRow *row)
{
    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(is_asked_once(tx, row));
    return tx_replace(tx, SQL_INVITED_REPLACE, &shape_invited, row);
}

Err store_invited_of_person(Tx *tx, Id person, Arena *keep, InvitedRows *ret_rows)
{
    const Value parameter = value_id(&person);
    return TX_ROWS(tx, SQL_INVITED_OF_PERSON, &parameter, &shape_invited, keep, ret_rows);
}

Err store_invited_of(Tx *tx, Id invitation, Arena *keep, InvitedRows *ret_rows)
{
    const Value parameter = value_id(&invitation);
    return TX_ROWS(tx, SQL_INVITED_OF_INVITATION, &parameter, &shape_invited, keep, ret_rows);
}

Err store_invited_of_maker(Tx *tx, Id maker, Arena *keep, InvitedRows *ret_rows)
{
    const Value parameter = value_id(&maker);
    return TX_ROWS(tx, SQL_INVITED_OF_MAKER, &parameter, &shape_invited, keep, ret_rows);
}

static Err unless_absent(Err err)
{
    return err.id == E_NOT_FOUND ? ok() : err;
}

/* Rights that have ended count too: such an account was somebody's before. */
static Err is_needed(Tx *tx, Id person, bool *ret_needed)
{
    PersonRights rights = {0};
    InvitedRows asked = {0};

    TRY(store_rights(tx, person, tx->scratch, &rights));
    TRY(store_invited_of_person(tx, person, tx->scratch, &asked));
    *ret_needed = rights.roles.count + rights.places.count + asked.count > 0;
    return ok();
}

Err store_invited_account_end(Tx *tx, Id person)
{
    bool needed = true;

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(is_needed(tx, person, &needed));
    if (needed)
        return ok();
    TRY(unless_absent(store_person_delete(tx, person, NULL)));
    return unless_absent(store_scope_delete(tx, person));
}

Err store_invitation_used(Tx *tx, Id id)
{
    const Value parameter = value_id(&id);
    uint32_t count = 0;

    TRY(tx_change_or(tx, SQL_INVITATION_DELETE, &parameter, E_NOT_FOUND));
    TRY(tx_delete_plain(tx, ASKS(SQL_INVITED_DELETE, &parameter), &count));
    return unless_absent(store_scope_delete(tx, id));
}

Err store_invitation_end(Tx *tx, Id id)
{
    InvitedRows rows = {0};

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(store_invited_of(tx, id, tx->scratch, &rows));
    TRY(store_invitation_used(tx, id));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(store_invited_account_end(tx, rows.items[i].person));
    return ok();
}

/* All that a statement lists; *ret_count is how many. */
static Err end_each(Tx *tx, enum sql sql, const Value *parameter, uint32_t *ret_count)
{
    struct {
        TxKey *items;
        uint32_t count;
    } ids = {0};

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(TX_ROWS(tx, sql, parameter, &tx_id_shape, tx->scratch, &ids));
    for (uint32_t i = 0; i < ids.count; i++)
        TRY(store_invitation_end(tx, ids.items[i].id));
    *ret_count = ids.count;
    return ok();
}

Err store_invitations_end_of_log(Tx *tx, Id log)
{
    const Value parameter = value_id(&log);
    uint32_t count = 0;

    return end_each(tx, SQL_INVITATIONS_OF_LOG, &parameter, &count);
}

Err store_invitations_delete_over(Tx *tx, int64_t at, uint32_t *ret_count)
{
    const Value parameter = value_number(at);

    return end_each(tx, SQL_INVITATIONS_OVER, &parameter, ret_count);
}

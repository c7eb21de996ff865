/* Logs and their keys: made, listed, changed, deleted.
 * Must not give a header to anybody without a permit.
 * Called by service and jobs. */
#include "store/logs.h"

#include <string.h>

#include "domain/policy/permit.h"
#include "domain/states.h"
#include "store/alarm.h"
#include "store/audit.h"
#include "store/log_rows.h"
#include "store/rights.h"

SHAPE(log, LOG, LogRow);
SHAPE(log_plain, LOG_PLAIN, LogRow);
SHAPE(scope_key, SCOPE_KEY, ScopeKeyRow);
PROVEN_SHAPE(scope_proven, SCOPE_KEY, ScopeKeyRow);
SHAPE(participant_plain, PARTICIPANT_PLAIN, ParticipantRow);
SHAPE(consent_plain, CONSENT_PLAIN, ConsentRow);
SHAPE(consent_unit, CONSENT_UNIT, ConsentUnitRow);
PROVEN_SHAPE(setting, SETTING, SettingRow);

#define PAGE_MAX 500
#define STATES_MAX 8

static Err put_head(Tx *tx, int64_t no, const Hash *head);

/* ---- keys ----
 * A wrapped key is its own proof: it opens for its own scope or not at all, and closes nothing but that. Who is found by an index
 * is said by the row alone, and so by its proof. */

static Err index_ok(const ScopeKeyRow *row)
{
    return row->blind_index.length == 0 || row->blind_index.length == ID_BYTES ? ok() : fail(E_RANGE);
}

/* A key that was wrapped before the epoch began to be turned must not come in behind the one who looks for what is left. */
static Err epoch_ok(Tx *tx, uint32_t epoch)
{
    int64_t least = 0;

    TRY(tx_number(tx, SQL_EPOCH_LEAST, NULL, &least));
    return epoch >= least ? ok() : fail(E_BUSY);
}

Err store_scope_insert(Tx *tx, const ScopeKeyRow *row)
{
    TRY(index_ok(row));
    TRY(epoch_ok(tx, row->epoch));
    return tx_insert(tx, SQL_SCOPE_INSERT, &shape_scope_proven, row, TABLE_SCOPE_KEY);
}

Err store_scope(Tx *tx, Id scope, Arena *keep, ScopeKeyRow *ret_row)
{
    const Value parameter = value_id(&scope);
    return tx_row(tx, ASKS(SQL_TRACK_SCOPE_KEY, &parameter), &shape_scope_key, keep, ret_row);
}

Err store_scopes_by_index(Tx *tx, const ScopeIndex *index, Arena *keep, ScopeKeyRows *ret_rows)
{
    const Value parameters[] = {value_bytes(str_from_bytes(index->present, ID_BYTES)), value_bytes(str_from_bytes(index->former, ID_BYTES))};

    return TX_ROWS(tx, SQL_SCOPES_BY_INDEX, parameters, &shape_scope_proven, keep, ret_rows);
}

Err store_scope_update(Tx *tx, const ScopeKeyRow *row)
{
    const Value key = value_id(&row->scope);
    ScopeKeyRow made;

    TRY(index_ok(row));
    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(epoch_ok(tx, row->epoch));
    Err read = tx_row(tx, ASKS(SQL_TRACK_SCOPE_KEY, &key), &shape_scope_proven, tx->scratch, &made);
    if (read.id == E_NOT_FOUND || (is_ok(read) && made.version != row->version))
        return fail(E_STALE);
    TRY(read);
    made.epoch = row->epoch;
    made.wrapped = row->wrapped;
    made.blind_index = row->blind_index;
    made.inner = row->inner;
    made.version++;
    return tx_replace(tx, SQL_SCOPE_REPLACE, &shape_scope_proven, &made);
}

Err store_scope_delete(Tx *tx, Id scope)
{
    const Value key = value_id(&scope);
    uint32_t count = 0;

    TRY(tx_delete(tx, ASKS(SQL_SCOPE_DELETE, &key), TABLE_SCOPE_KEY, &count));
    return count > 0 ? store_destroyed(tx) : fail(E_NOT_FOUND);
}

/* ---- one log ---- */

Err store_log_insert(Tx *tx, const LogRow *row, int64_t *ret_no)
{
    LogRow made = *row;
    bool any;

    TRY(tx_change(tx, SQL_LOG_NUMBER, NULL, &any, &made.no));
    made.next_seq = 1;
    TRY(tx_insert(tx, SQL_LOG_INSERT, &shape_log, &made, TABLE_LOG));
    tx->standing_no = made.no;
    tx_remember_log(tx, made.id, made.no);
    *ret_no = made.no;
    return ok();
}

/* A plain read must not leave what the caller's struct held before in its place. */
static Err plain(Tx *tx, enum sql id, const Value *parameter, LogRow *ret_row)
{
    LogRow row = {0};

    TRY(tx_row(tx, ASKS(id, parameter), &shape_log_plain, NULL, &row));
    tx_remember_log(tx, row.id, row.no);
    *ret_row = row;
    return ok();
}

Err store_log_by_id(Tx *tx, Id id, LogRow *ret_row)
{
    const Value parameter = value_id(&id);
    return plain(tx, SQL_LOG_BY_ID, &parameter, ret_row);
}

Err store_log_by_no(Tx *tx, int64_t no, LogRow *ret_row)
{
    const Value parameter = value_number(no);
    return plain(tx, SQL_LOG_BY_NO, &parameter, ret_row);
}

Err store_log_by_display(Tx *tx, uint32_t display, LogRow *ret_row)
{
    const Value parameter = value_number(display);
    return plain(tx, SQL_LOG_BY_DISPLAY, &parameter, ret_row);
}

static Err change_log(Tx *tx, enum sql id, const Value *parameters, enum err_id otherwise)
{
    Id log;

    TRY(tx_change_id(tx, ASKS(id, parameters), otherwise, &log, NULL));
    return log_touch(tx, &log);
}

Err store_log_update(Tx *tx, const LogRow *row)
{
    const Value parameters[] = {
        value_number(row->no), value_number(row->state), value_number((int64_t)row->flags), value_id(&row->unit),
        value_id(&row->holder), value_number(row->wake_on), value_number(row->closed_reason),
        value_number(row->access_version), value_number(row->passive_at),
    };
    TRY(change_log(tx, SQL_LOG_UPDATE, parameters, E_STALE));
    tx->standing_no = row->no;
    return ok();
}

/* Nobody waits for it: the row was just read, and its digest is read back when the work ends. */
Err store_log_head_put(Tx *tx, int64_t no, const Hash *head)
{
    LogRow log;

    if (tx->log_no != no)
        TRY(store_log_by_no(tx, no, &log));
    return put_head(tx, no, head);
}

/* ---- lists ---- */

static Err page_of(const LogRow *before, uint32_t max, Value ret_place[static 2])
{
    if (max < 1 || max > PAGE_MAX)
        return fail(E_RANGE);
    ret_place[0] = value_number(before ? before->last_activity_at : INT64_MAX);
    ret_place[1] = value_number(before ? before->no : INT64_MAX);
    return ok();
}

Err store_logs_of_person(Tx *tx, const Permit *permit, const LogPage *page, Arena *keep, LogRows *ret_rows)
{
    Value place[2];

    if (!permit || !permit_is_made(permit))
        return fail(E_FORBIDDEN);
    TRY(page_of(page->before, page->max, place));
    const int64_t since = page->left_since != 0 ? page->left_since : page->now;
    const Value parameters[] = {value_id(&permit->person), value_number(page->now), place[0], place[1], value_number(page->max),
                                value_number(since)};
    return TX_ROWS(tx, SQL_LOGS_OF_PERSON, parameters, &shape_log, keep, ret_rows);
}

Err store_logs_of_unit(Tx *tx, const Permit *permit, const LogPage *page, Arena *keep, LogRows *ret_rows)
{
    Value place[2];

    if (!permit || !permit_is_made(permit))
        return fail(E_FORBIDDEN);
    TRY(page_of(page->before, page->max, place));
    const Value parameters[] = {value_id(&page->unit), place[0], place[1], value_number(page->max)};
    return TX_ROWS(tx, SQL_LOGS_OF_UNIT, parameters, &shape_log, keep, ret_rows);
}

Err store_logs_waking(Tx *tx, const WakingPage *page, Arena *keep, LogRows *ret_rows)
{
    const Value parameters[] = {value_number(page->day), value_number(page->after_wake), value_number(page->after_no), value_number(page->max)};

    if (page->max < 1 || page->max > PAGE_MAX)
        return fail(E_RANGE);
    return TX_ROWS(tx, SQL_LOGS_WAKING, parameters, &shape_log_plain, keep, ret_rows);
}

Err store_logs_count(Tx *tx, Id unit, uint32_t ret_counts[static STATES_MAX])
{
    const Value parameter = value_id(&unit);
    uint32_t counts[STATES_MAX] = {0};
    Value columns[COLUMNS_MAX];
    bool row = true;

    TRY(tx_query(tx, id_is_none(unit) ? SQL_LOGS_COUNT : SQL_LOGS_COUNT_OF_UNIT, &parameter));
    for (;;) {
        TRY(tx_step(tx, columns, &row));
        if (!row)
            break;
        if (columns[0].number >= 0 && columns[0].number < STATES_MAX)
            counts[columns[0].number] = (uint32_t)columns[1].number;
    }
    memcpy(ret_counts, counts, sizeof counts);
    return ok();
}

/* ---- how a person stands to a log ---- */

/* The person's own, and everybody's that have an end, and the child's: one row may be both. */
static Err split(const ParticipantRows *rows, Id person, Arena *keep, LogStanding *standing)
{
    TRY(ARENA_NEW(keep, ParticipantRow, (size_t)rows->count + 1, &standing->own.items));
    TRY(ARENA_NEW(keep, ParticipantRow, (size_t)rows->count + 1, &standing->gone.items));
    for (uint32_t i = 0; i < rows->count; i++) {
        if (id_equal(rows->items[i].person, person))
            standing->own.items[standing->own.count++] = rows->items[i];
        if (rows->items[i].to_at != 0 || rows->items[i].role == ROLE_CHILD)
            standing->gone.items[standing->gone.count++] = rows->items[i];
    }
    return ok();
}

/* How a person stands to a log, as questions. A log that does not exist is asked for its people too (number 0 has none), so
 * that a refusal takes as many statements whether there is such a log or not: that a log exists is itself sensitive. */
#define STANDING_ASKS STANDING_TABLES
#define AT_HEAD (shape_log_plain.count + 1) /* behind the plain columns and their proof */
#define AT_UNHELD (AT_HEAD + 1 + COUNT_OF_LINE) /* behind the line */
#define COUNT_ONE(Row, type, field, column) +1
#define COUNT_OF_LINE (0 AUDIT_PROVEN(COUNT_ONE, COUNT_ONE))
typedef struct Asking {
    Tx *tx;
    Value parameters[2]; /* the log; and now, where it is asked who holds it */
    Standing proven;
    bool outdated; /* the log's row is not the one that was written last */
    StandingPart parts[STANDING_ASKS];
    RowWatch watches[STANDING_ASKS];
    LogRows logs;
    ParticipantRows people;
    LogStanding standing;
} Asking;

static void asking_donep(Asking *asking)
{
    sha256_free(asking->proven.sha);
}

static Err ask_standing(Tx *tx, const Id *log, Asking *asking, TxAsk asks[static STANDING_ASKS])
{
    *asking = (Asking){.tx = tx, .parameters[0] = value_id(log), .proven.row_sha = tx->sha};
    TRY(sha256_new(&asking->proven.sha));
    const TxAsk all[STANDING_ASKS] = {
        TX_ASK(standing_asks[0].sql, asking->parameters, &shape_log_plain, &asking->logs),
        TX_ASK(standing_asks[1].sql, asking->parameters, &shape_participant_plain, &asking->people),
        TX_ASK(standing_asks[2].sql, asking->parameters, &shape_consent_plain, &asking->standing.consents),
        TX_ASK(standing_asks[3].sql, asking->parameters, &shape_consent_unit, &asking->standing.consent_units),
    };
    for (size_t i = 0; i < STANDING_ASKS; i++) {
        asking->parts[i] = (StandingPart){.standing = &asking->proven, .ask = &standing_asks[i]};
        asking->watches[i] = (RowWatch){.self = &asking->parts[i], .row = standing_row};
        asks[i] = all[i];
        asks[i].watch = &asking->watches[i];
    }
    return ok();
}

/* The columns of LOG_STANDING. Rows that were put back with their own former head are whole, but not what the newest line of a
 * change says; a log that this work has changed has no such line yet. */
static Err newest_row(void *self, const Value *columns)
{
    const Value *line = &columns[AT_HEAD + 1];
    Asking *asking = self;
    AuditRow newest;
    Id log;

    TRY(standing_row(&asking->parts[0], columns));
    asking->standing.unheld_since = columns[AT_UNHELD].number;
    TRY(id_from_bytes(columns[0].bytes, &log));
    if (line->type == VALUE_NULL || tx_has_touched(asking->tx, TABLE_LOG, &log))
        return ok();
    Err taken = audit_line_take(asking->tx, line, &newest);
    if (taken.id != E_FORGED)
        TRY(taken);
    asking->outdated = !is_ok(taken) ||
                       !str_equal(columns[AT_HEAD].bytes, str_from_bytes(newest.line.head.bytes, HASH_BYTES));
    return ok();
}

/* The same, and whether the log's row is the newest. */
static Err ask_newest(Tx *tx, const StandingWish *wish, Asking *asking, TxAsk asks[static STANDING_ASKS])
{
    TRY(ask_standing(tx, &wish->log, asking, asks));
    asking->parameters[1] = value_number(wish->now);
    asks[0].id = SQL_LOG_STANDING;
    asking->watches[0] = (RowWatch){.self = asking, .row = newest_row};
    return ok();
}

static Err proof_of(const Tx *tx, Asking *asking, Hash *ret_proof)
{
    Hash digest;

    TRY(sha256_done(asking->proven.sha, digest.bytes));
    return store_prove(tx->store, &digest, ret_proof);
}

/* Of a log that is held the proof was not renewed: it is no alarm any more. */
static Err check_standing(Tx *tx, Asking *asking)
{
    LogStanding *standing = &asking->standing;
    Hash proof;

    TRY(proof_of(tx, asking, &proof));
    bool good = asking->proven.has_proof && crypto_equal(proof.bytes, asking->proven.proof.bytes, HASH_BYTES) && !asking->outdated;
    standing->forged = !good;
    if (!good && !(standing->log.flags & FLAG_HOLD))
        alarm_row(store_tenant(tx->store), table_name(TABLE_LOG), standing->log.id);
    return ok();
}

/* Zeros for a log that does not exist. */
static Err take_standing(Tx *tx, Id person, Asking *asking, Arena *keep, LogStanding *ret_standing)
{
    TRY(split(&asking->people, person, keep, &asking->standing));
    if (asking->logs.count == 1) {
        asking->standing.log = asking->logs.items[0];
        tx_remember_log(tx, asking->standing.log.id, asking->standing.log.no);
        TRY(check_standing(tx, asking));
    }
    *ret_standing = asking->standing;
    return ok();
}

static Err standing_now(Tx *tx, Id log, Hash *ret_proof)
{
    AUTO(asking_donep) Asking asking = {0};
    TxAsk asks[STANDING_ASKS];

    TRY(ask_standing(tx, &log, &asking, asks));
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), tx->scratch));
    return proof_of(tx, &asking, ret_proof);
}

Err store_log_proven(Tx *tx, Id log, bool *ret_proven)
{
    AUTO(asking_donep) Asking asking = {0};
    TxAsk asks[STANDING_ASKS];
    Hash proof;

    TRY(ask_standing(tx, &log, &asking, asks));
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), tx->scratch));
    TRY(proof_of(tx, &asking, &proof));
    *ret_proven = asking.proven.has_proof && crypto_equal(proof.bytes, asking.proven.proof.bytes, HASH_BYTES);
    return ok();
}

/* With the proof over the rows as the work leaves them, where it changed how people stand to the log. */
static Err put_head(Tx *tx, int64_t no, const Hash *head)
{
    bool stands = tx->standing_no == no;
    Hash proof = {{0}};

    if (stands)
        TRY(tx->standing_told ? store_prove(tx->store, &tx->standing, &proof) : standing_now(tx, tx->log, &proof));
    const Value parameters[] = {value_number(no), value_hash(head), value_hash(&proof)};
    return tx_change_told(tx, ASKS(stands ? SQL_LOG_HEAD_AND_PROOF : SQL_LOG_HEAD, parameters), E_NOT_FOUND, TABLE_LOG);
}

Err store_log_standing(Tx *tx, const StandingWish *wish, Arena *keep, LogStanding *ret_standing)
{
    TxAsk asks[STANDING_ASKS];
    LogStanding standing;
    AUTO(asking_donep) Asking asking = {0};

    TRY(ask_newest(tx, wish, &asking, asks));
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), keep));
    TRY(take_standing(tx, wish->person, &asking, keep, &standing));
    if (standing.log.no == 0)
        return fail(E_NOT_FOUND);
    *ret_standing = standing;
    return ok();
}

Err store_log_ground(Tx *tx, const StandingWish *wish, Arena *keep, LogGround *ret_ground)
{
    TxAsk asks[STANDING_ASKS + 1];
    LogGround ground = {0};
    AUTO(asking_donep) Asking asking = {0};

    TRY(ask_newest(tx, wish, &asking, asks));
    asks[STANDING_ASKS] = TX_ASK(SQL_SETTINGS, NULL, &shape_setting, &ground.settings);
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), keep));
    TRY(take_standing(tx, wish->person, &asking, keep, &ground.standing));
    *ret_ground = ground;
    return ok();
}

Err store_log_now(Tx *tx, Id log, Arena *keep, SettingRows *ret_settings, LogRow *ret_log)
{
    const Value parameter = value_id(&log);
    SettingRows settings = {0};
    LogRows logs = {0};
    const TxAsk asks[] = {
        TX_ASK(SQL_SETTINGS, NULL, &shape_setting, &settings),
        TX_ASK(SQL_LOG_BY_ID, &parameter, &shape_log_plain, &logs),
    };

    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), keep));
    *ret_settings = settings;
    *ret_log = logs.count == 1 ? logs.items[0] : (LogRow){0};
    return ok();
}

Err store_log_header(Tx *tx, const Permit *permit, Arena *keep, LogRow *ret_log, ScopeKeyRow *ret_scope)
{
    ScopeKeyRows scopes = {0};
    LogRows logs = {0};

    if (!permit || !permit_is_made(permit) || id_is_none(permit->log))
        return fail(E_FORBIDDEN);
    const Value parameter = value_id(&permit->log);
    const TxAsk asks[] = {
        TX_ASK(SQL_TRACK_LOG, &parameter, &shape_log, &logs),
        TX_ASK(SQL_TRACK_SCOPE_KEY, &parameter, &shape_scope_key, &scopes),
    };
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), keep));
    if (logs.count != 1)
        return fail(E_NOT_FOUND);
    if (scopes.count != 1)
        return fail(E_FORGED);
    *ret_log = logs.items[0];
    *ret_scope = scopes.items[0];
    return ok();
}

Err store_participations(Tx *tx, Id person, Arena *keep, ParticipantRows *ret_rows)
{
    const Value parameter = value_id(&person);
    return TX_ROWS(tx, SQL_PARTICIPATIONS, &parameter, &shape_participant_plain, keep, ret_rows);
}

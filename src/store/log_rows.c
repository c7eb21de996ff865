/* What stands in a log, row by row: entries, participants, consents, documents; and the flag in the row of a log that is held.
 * Must not give a row without a permit for its log.
 * Called by service. */
#include "store/log_rows.h"

#include <string.h>

#include "store/audit.h"
#include "store/logs.h"
#include "store/rights.h"

SHAPE(entry, ENTRY, EntryRow);
SHAPE(participant, PARTICIPANT, ParticipantRow);
SHAPE(participant_plain, PARTICIPANT_PLAIN, ParticipantRow);
SHAPE(consent, CONSENT, ConsentRow);
SHAPE(consent_unit, CONSENT_UNIT, ConsentUnitRow);
SHAPE(document, DOCUMENT, DocumentRow);
PROVEN_SHAPE(person, PERSON, PersonRow);
SHAPE(document_plain, DOCUMENT_PLAIN, DocumentRow);

#define DOCUMENT_MAX ((size_t)11 << 20)

/* ---- permits ---- */

Err log_permitted(Tx *tx, const Permit *permit, Value *ret_no)
{
    LogRow log;
    Id id;

    TRY(permit_log(permit, &id));
    if (tx->log_no == 0 || !id_equal(tx->log, id))
        TRY(store_log_by_id(tx, id, &log));
    *ret_no = value_number(tx->log_no);
    return ok();
}

/* Who may see the log has changed: counted once in a work, since nobody sees it in between. */
static Err access_changed(Tx *tx, int64_t log_no)
{
    const Value parameter = value_number(log_no);
    Id log;

    if (tx->standing_no == log_no)
        return ok();
    TRY(tx_change_id(tx, ASKS(SQL_LOG_ACCESS, &parameter), E_NOT_FOUND, &log, NULL));
    tx->standing_no = log_no;
    return tx_touch(tx, TABLE_LOG, value_id(&log));
}

/* A change by row id that gives its log's number back. */
static Err change_in_log(Tx *tx, enum sql id, const Value *parameters, enum err_id otherwise, enum table table)
{
    int64_t log_no = 0;
    bool any;

    TRY(tx_change(tx, id, parameters, &any, &log_no));
    if (!any)
        return fail(otherwise);
    TRY(tx_touch(tx, table, parameters[0]));
    return access_changed(tx, log_no);
}

Err log_row_changed(Tx *tx, enum sql id, const Value *parameters, enum table table)
{
    return change_in_log(tx, id, parameters, E_STALE, table);
}

/* ---- entries ---- */

Err store_entry_by_id(Tx *tx, const Permit *permit, Id id, Arena *keep, EntryRow *ret_row)
{
    Id log;

    TRY(permit_log(permit, &log));
    const Value parameters[] = {value_id(&id), value_id(&log)};
    return tx_row(tx, ASKS(SQL_ENTRY_IN_LOG, parameters), &shape_entry, keep, ret_row);
}

Err store_entry_last(Tx *tx, int64_t log_no, uint16_t kind, Arena *keep, Id *ret_entry)
{
    const Value parameters[] = {value_number(log_no), value_number(kind)};
    EntryRow row;

    TRY(tx_row(tx, ASKS(SQL_ENTRY_LAST, parameters), &shape_entry, keep, &row));
    *ret_entry = row.entry;
    return ok();
}

Err store_entry_versions(Tx *tx, const Permit *permit, Id entry, Arena *keep, EntryRows *ret_rows)
{
    Id log;

    TRY(permit_log(permit, &log));
    const Value parameters[] = {value_id(&entry), value_id(&log)};
    return TX_ROWS(tx, SQL_ENTRY_VERSIONS, parameters, &shape_entry, keep, ret_rows);
}

Err store_entries(Tx *tx, const Permit *permit, Arena *keep, EntryRows *ret_rows)
{
    Value no;

    TRY(log_permitted(tx, permit, &no));
    return TX_ROWS(tx, SQL_ENTRIES_OF_LOG, &no, &shape_entry, keep, ret_rows);
}

/* ---- participants and consents ---- */

Err store_participant_insert(Tx *tx, const ParticipantRow *row)
{
    return store_places_move(tx, &(PlaceMoves){.begins = row});
}

Err store_participant_insert_first(Tx *tx, const PersonRow *person, const ParticipantRow *row)
{
    PersonRow made = *person;

    if (!id_equal(person->id, row->person) || person->login_index.length > 0)
        return fail(E_INTERNAL);
    TRY(rights_first(tx, &(RightMove){.table = TABLE_PARTICIPANT, .now = row}, &made.rights));
    TRY(tx_insert(tx, SQL_PERSON_INSERT, &shape_person, &made, TABLE_PERSON));
    TRY(tx_insert(tx, SQL_PARTICIPANT_INSERT, &shape_participant, row, TABLE_PARTICIPANT));
    return access_changed(tx, row->log_no);
}

static Err update_without_rights(Tx *tx, const ParticipantRow *row, const Value *parameters)
{
    TRY(tx_change_told(tx, ASKS(SQL_PARTICIPANT_UPDATE, parameters), E_STALE, TABLE_PARTICIPANT));
    return access_changed(tx, row->log_no);
}

Err store_participant_update(Tx *tx, const ParticipantRow *row)
{
    const Value parameters[] = {value_id(&row->id), value_number(row->to_at), value_number(row->let_in),
                                value_bytes(row->sealed), value_number(row->version)};
    ParticipantRow former, changed;

    if (!tx->writing)
        return fail(E_INTERNAL);
    /* An account that this work has deleted has no sum of rights any more. */
    if (tx_has_deleted(tx, TABLE_PERSON, &row->person))
        return update_without_rights(tx, row, parameters);
    Err read = tx_row(tx, ASKS(SQL_PARTICIPANT_BY_ID, parameters), &shape_participant_plain, NULL, &former);
    if (read.id == E_NOT_FOUND)
        return fail(E_STALE);
    TRY(read);
    changed = former;
    changed.to_at = row->to_at;
    changed.let_in = row->let_in;
    changed.version++;
    TRY(update_without_rights(tx, &former, parameters));
    return rights_move(tx, ONE_RIGHT(.person = former.person, .table = TABLE_PARTICIPANT, .former = &former, .now = &changed));
}

/* ---- places that change together ---- */

#define ENDS_AT_ONCE 8 /* as the statement has places */

/* Places that end, as the statement gives them back. */
typedef struct Ending {
    Tx *tx;
    const PlaceEnd *ends;
    uint32_t count;
} Ending;

static ParticipantRow row_after(const PlaceEnd *end)
{
    ParticipantRow after = *end->former;

    after.to_at = end->over.to_at;
    after.sealed = end->over.sealed;
    after.version++;
    return after;
}

/* It is the row that was read in every column but those that changed: the sum of rights moves by what it was. */
static Err ended_row(void *self, const Value *columns)
{
    const Ending *ending = self;
    Value values[COLUMNS_MAX];
    Hash wanted, found;
    uint32_t i = 0;
    Id id;

    TRY(id_from_bytes(columns[0].bytes, &id));
    while (i < ending->count && !id_equal(ending->ends[i].former->id, id))
        i++;
    if (i == ending->count)
        return fail(E_INTERNAL);
    const ParticipantRow after = row_after(&ending->ends[i]);
    row_to_values(&shape_participant, &after, values);
    TRY(row_digest(ending->tx->sha, TABLE_PARTICIPANT, values, shape_participant.count, &wanted));
    TRY(row_digest(ending->tx->sha, TABLE_PARTICIPANT, columns, shape_participant.count, &found));
    return memcmp(wanted.bytes, found.bytes, HASH_BYTES) == 0 ? tx_touch_told(ending->tx, TABLE_PARTICIPANT, columns) : fail(E_STALE);
}

static Err end_some(Tx *tx, const PlaceEnd *ends, uint32_t count)
{
    Ending ending = {tx, ends, count};
    const RowWatch watch = {.self = &ending, .row = ended_row};
    Value places[5 * ENDS_AT_ONCE];
    uint32_t ended = 0;
    void *none = NULL;

    for (uint32_t i = 0; i < ENDS_AT_ONCE; i++) {
        const PlaceEnd *end = &ends[i < count ? i : 0];
        Value *place = &places[5 * i];
        place[0] = i < count ? value_id(&end->former->id) : value_bytes(STR_NONE);
        place[1] = value_number(end->over.to_at);
        place[2] = value_bytes(end->over.sealed);
        place[3] = value_number(end->former->version);
        place[4] = value_number(end->former->to_at);
    }
    const TxAsk ask = {.id = SQL_PARTICIPANTS_END, .parameters = places, .watch = &watch, .ret_items = &none, .ret_count = &ended};
    TRY(tx_rows(tx, &ask, NULL));
    return ended == count ? ok() : fail(E_STALE);
}

static Err move_sums(Tx *tx, const PlaceMoves *moves)
{
    RightMove *rights = NULL;
    ParticipantRow *after = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(tx->scratch, RightMove, (size_t)moves->end_count + 1, &rights));
    TRY(ARENA_NEW(tx->scratch, ParticipantRow, (size_t)moves->end_count + 1, &after));
    for (; count < moves->end_count; count++) {
        const PlaceEnd *end = &moves->ends[count];
        after[count] = row_after(end);
        rights[count] = (RightMove){.person = end->former->person, .table = TABLE_PARTICIPANT, .former = end->former, .now = &after[count]};
    }
    if (moves->begins)
        rights[count++] = (RightMove){.person = moves->begins->person, .table = TABLE_PARTICIPANT, .now = moves->begins};
    return rights_move(tx, (RightMoves){rights, count});
}

Err store_places_move(Tx *tx, const PlaceMoves *moves)
{
    const ParticipantRow *begins = moves->begins;

    if (!tx->writing)
        return fail(E_INTERNAL);
    if (moves->end_count == 0 && !begins)
        return ok();
    for (uint32_t i = 0; i < moves->end_count; i += ENDS_AT_ONCE)
        TRY(end_some(tx, &moves->ends[i], moves->end_count - i < ENDS_AT_ONCE ? moves->end_count - i : ENDS_AT_ONCE));
    if (begins)
        TRY(tx_insert(tx, SQL_PARTICIPANT_INSERT, &shape_participant, begins, TABLE_PARTICIPANT));
    TRY(move_sums(tx, moves));
    if (begins)
        TRY(store_enrolments_delete_of_person(tx, begins->person));
    return access_changed(tx, begins ? begins->log_no : moves->ends->former->log_no);
}

Err store_participants(Tx *tx, const Permit *permit, Arena *keep, ParticipantRows *ret_rows)
{
    Value no;

    TRY(log_permitted(tx, permit, &no));
    return TX_ROWS(tx, SQL_PARTICIPANTS_OF_LOG, &no, &shape_participant, keep, ret_rows);
}

Err store_consent_insert(Tx *tx, const ConsentRow *row, const ConsentUnitRow *units, uint32_t unit_count)
{
    TRY(tx_insert(tx, SQL_CONSENT_INSERT, &shape_consent, row, TABLE_CONSENT));
    for (uint32_t i = 0; i < unit_count; i++) {
        ConsentUnitRow unit = units[i];
        unit.log_no = row->log_no;
        unit.consent = row->id;
        TRY(tx_insert(tx, SQL_CONSENT_UNIT_INSERT, &shape_consent_unit, &unit, TABLE_CONSENT_UNIT));
    }
    return access_changed(tx, row->log_no);
}

Err store_consent_withdraw(Tx *tx, Id id, int64_t at)
{
    const Value parameters[] = {value_id(&id), value_number(at)};
    return change_in_log(tx, SQL_CONSENT_WITHDRAW, parameters, E_STALE, TABLE_CONSENT);
}

Err store_consent_unit_withdraw(Tx *tx, Id row)
{
    const Value parameter = value_id(&row);
    return change_in_log(tx, SQL_CONSENT_UNIT_DELETE, &parameter, E_STALE, TABLE_CONSENT_UNIT);
}

Err store_consents(Tx *tx, const Permit *permit, Arena *keep, ConsentRows *ret_rows, ConsentUnitRows *ret_units)
{
    ConsentRows rows;
    Value no;

    TRY(log_permitted(tx, permit, &no));
    TRY(TX_ROWS(tx, SQL_CONSENTS_OF_LOG, &no, &shape_consent, keep, &rows));
    TRY(TX_ROWS(tx, SQL_CONSENT_UNITS_OF_LOG, &no, &shape_consent_unit, keep, ret_units));
    *ret_rows = rows;
    return ok();
}

/* ---- documents ---- */

Err store_document_insert(Tx *tx, const DocumentRow *row)
{
    DocumentRow made = *row;

    if (row->sealed.length < 1 || row->sealed.length > DOCUMENT_MAX)
        return fail(E_TOO_LARGE);
    made.size = (int64_t)row->sealed.length;
    TRY(sha256(row->sealed, made.sha256.bytes));
    return tx_insert(tx, SQL_DOCUMENT_INSERT, &shape_document, &made, TABLE_DOCUMENT);
}

Err store_document(Tx *tx, const Permit *permit, Id id, Arena *keep, DocumentRow *ret_row)
{
    DocumentRow row;
    Hash hash;
    Id log;

    TRY(permit_log(permit, &log));
    const Value parameters[] = {value_id(&id), value_id(&log)};
    TRY(tx_row(tx, ASKS(SQL_DOCUMENT_IN_LOG, parameters), &shape_document, keep, &row));
    TRY(sha256(row.sealed, hash.bytes));
    if (memcmp(hash.bytes, row.sha256.bytes, HASH_BYTES) != 0)
        return fail(E_FORGED);
    *ret_row = row;
    return ok();
}

Err store_documents(Tx *tx, const Permit *permit, Arena *keep, DocumentRows *ret_rows)
{
    Value no;

    TRY(log_permitted(tx, permit, &no));
    return TX_ROWS(tx, SQL_DOCUMENTS_OF_LOG, &no, &shape_document_plain, keep, ret_rows);
}

/* ---- a log that is held ---- */

/* Whether the chain's newest word about the log's own row is what stands there. */
typedef struct LogNow {
    Tx *tx;
    Hash digest;
    bool found, same;
    Id log;
} LogNow;

static Err log_now(void *self, const Value *columns)
{
    LogNow *now = self;
    return row_digest(now->tx->sha, TABLE_LOG, columns, table_columns(TABLE_LOG), &now->digest);
}

static Err in_changes(void *self, const Value *columns)
{
    LogNow *now = self;
    Cursor cursor = cursor_new(columns[AT_CHANGES].bytes);
    AuditRow line;

    Err taken = audit_line_take(now->tx, columns, &line);
    if (taken.id == E_FORGED)
        return ok(); /* it says nothing about the row */
    TRY(taken);
    while (!cursor.failed && cursor.at + CHANGE_BYTES <= cursor.bytes.length) {
        uint8_t table = cursor_u8(&cursor), digest[DIGEST_BYTES];
        Id key = {{0}};
        cursor_copy(&cursor, key.bytes, sizeof key.bytes);
        cursor_copy(&cursor, digest, sizeof digest);
        if (table == TABLE_LOG && id_equal(key, now->log))
            now->same = memcmp(digest, now->digest.bytes, sizeof digest) == 0;
    }
    return ok();
}

static Err as_written(Tx *tx, const Id *log, bool *ret_same)
{
    const Value parameter = value_id(log);
    LogNow now = {.tx = tx, .log = *log};
    const RowWatch row = {.self = &now, .row = log_now}, changes = {.self = &now, .row = in_changes};
    void *none[2];
    uint32_t counts[2];
    const TxAsk asks[] = {
        {.id = SQL_TRACK_LOG, .parameters = &parameter, .watch = &row, .ret_items = &none[0], .ret_count = &counts[0]},
        {.id = SQL_LOG_CHANGED, .parameters = &parameter, .watch = &changes, .ret_items = &none[1], .ret_count = &counts[1]},
    };

    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), NULL));
    *ret_same = now.same;
    return ok();
}

Err log_touch(Tx *tx, const Id *log)
{
    TRY(tx_touch(tx, TABLE_LOG, value_id(log)));
    for (Change *change = tx->first_change; change; change = change->next)
        if (change->table == TABLE_LOG && str_equal(change->key.bytes, id_bytes(log)))
            change->ends = true;
    return ok();
}

/* Changes the log's own row, in the chain only where that row was what stands there. */
static Err update_held(Tx *tx, const LogRow *row, bool proven)
{
    const Value parameters[] = {
        value_number(row->no), value_number(row->state), value_number((int64_t)row->flags), value_id(&row->unit),
        value_id(&row->holder), value_number(row->wake_on), value_number(row->closed_reason), value_number(row->access_version),
        value_number(row->passive_at),
    };
    bool same = false;
    Id log;

    TRY(as_written(tx, &row->id, &same));
    TRY(tx_change_id(tx, ASKS(SQL_LOG_UPDATE, parameters), E_STALE, &log, NULL));
    return same && proven ? log_touch(tx, &log) : ok();
}

Err store_log_hold(Tx *tx, const LogRow *row, uint64_t flag)
{
    LogRow held = *row;
    bool proven = false;

    held.flags |= flag;
    /* Where the proof alone was changed the row must not go on in the chain as ours, or nothing would tell it afterwards. */
    TRY(store_log_proven(tx, row->id, &proven));
    return update_held(tx, &held, proven);
}

Err store_log_withdraw_held(Tx *tx, const LogRow *row, Id consent, int64_t at)
{
    const Value parameters[] = {value_id(&consent), value_number(at)};
    int64_t log_no = 0;
    bool any = false;

    TRY(update_held(tx, row, true));
    TRY(tx_change(tx, SQL_CONSENT_WITHDRAW, parameters, &any, &log_no));
    return any && log_no == row->no ? tx_touch(tx, TABLE_CONSENT, parameters[0]) : fail(E_STALE);
}

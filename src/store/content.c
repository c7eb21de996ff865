/* What stands in a log: entries, participants, consents, documents, and the digest over all of it.
 * Must not give a row without a permit for its log.
 * Called by service. */
#include "store/content.h"

#include <string.h>

#include "store/tx.h"

SHAPE(log, LOG, LogRow);
SHAPE(entry, ENTRY, EntryRow);
SHAPE(participant, PARTICIPANT, ParticipantRow);
SHAPE(consent, CONSENT, ConsentRow);
SHAPE(consent_unit, CONSENT_UNIT, ConsentUnitRow);
SHAPE(document, DOCUMENT, DocumentRow);
SHAPE(document_plain, DOCUMENT_PLAIN, DocumentRow);
SHAPE(scope_key, SCOPE_KEY, ScopeKeyRow);
SHAPE(setting, SETTING, SettingRow);

#define MARKS_FIRST 64
#define DOCUMENT_MAX ((size_t)11 << 20)

/* ---- permits ---- */

/* The number of the permit's log. */
static Err permitted(Tx *tx, const Permit *permit, Value *ret_no)
{
    LogRow log;
    Id id;

    TRY(permit_log(permit, &id));
    if (tx->log_no == 0 || !id_equal(tx->log, id))
        TRY(store_log_by_id(tx, id, &log));
    *ret_no = value_number(tx->log_no);
    return ok();
}

/* Who may see the log has changed. */
static Err access_changed(Tx *tx, int64_t log_no)
{
    const Value parameter = value_number(log_no);
    Id log;

    TRY(tx_change_id(tx, SQL_LOG_ACCESS, &parameter, E_NOT_FOUND, &log, NULL));
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

/* ---- entries ---- */

Err store_entry_by_id(Tx *tx, const Permit *permit, Id id, Arena *keep, EntryRow *ret_row)
{
    Id log;

    TRY(permit_log(permit, &log));
    const Value parameters[] = {value_id(&id), value_id(&log)};
    return tx_row(tx, SQL_ENTRY_IN_LOG, parameters, &shape_entry, keep, ret_row);
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

    TRY(permitted(tx, permit, &no));
    return TX_ROWS(tx, SQL_ENTRIES_OF_LOG, &no, &shape_entry, keep, ret_rows);
}

/* ---- participants and consents ---- */

Err store_participant_insert(Tx *tx, const ParticipantRow *row)
{
    TRY(tx_insert(tx, SQL_PARTICIPANT_INSERT, &shape_participant, row, TABLE_PARTICIPANT));
    return access_changed(tx, row->log_no);
}

Err store_participant_update(Tx *tx, const ParticipantRow *row)
{
    const Value parameters[] = {value_id(&row->id), value_number(row->to_at), value_number(row->let_in),
                                value_bytes(row->sealed), value_number(row->version)};
    return change_in_log(tx, SQL_PARTICIPANT_UPDATE, parameters, E_STALE, TABLE_PARTICIPANT);
}

Err store_participants(Tx *tx, const Permit *permit, Arena *keep, ParticipantRows *ret_rows)
{
    Value no;

    TRY(permitted(tx, permit, &no));
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

Err store_consent_unit_delete(Tx *tx, Id id)
{
    const Value parameter = value_id(&id);
    return change_in_log(tx, SQL_CONSENT_UNIT_DELETE, &parameter, E_NOT_FOUND, TABLE_CONSENT_UNIT);
}

Err store_consents(Tx *tx, const Permit *permit, Arena *keep, ConsentRows *ret_rows, ConsentUnitRows *ret_units)
{
    ConsentRows rows;
    Value no;

    TRY(permitted(tx, permit, &no));
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
    TRY(tx_row(tx, SQL_DOCUMENT_IN_LOG, parameters, &shape_document, keep, &row));
    TRY(sha256(row.sealed, hash.bytes));
    if (memcmp(hash.bytes, row.sha256.bytes, HASH_BYTES) != 0)
        return fail(E_FORGED);
    *ret_row = row;
    return ok();
}

Err store_documents(Tx *tx, const Permit *permit, Arena *keep, DocumentRows *ret_rows)
{
    Value no;

    TRY(permitted(tx, permit, &no));
    return TX_ROWS(tx, SQL_DOCUMENTS_OF_LOG, &no, &shape_document_plain, keep, ret_rows);
}

/* ---- the digest of a whole log ---- */

/* The order is part of the format. */
static const struct {
    enum table table;
    enum sql sql;
    const Shape *shape;
} parts[] = {
    {TABLE_LOG, SQL_LOG_BY_NO_FULL, &shape_log},
    {TABLE_ENTRY, SQL_ENTRIES_OF_LOG, &shape_entry},
    {TABLE_PARTICIPANT, SQL_PARTICIPANTS_OF_LOG, &shape_participant},
    {TABLE_CONSENT, SQL_CONSENTS_OF_LOG, &shape_consent},
    {TABLE_CONSENT_UNIT, SQL_CONSENT_UNITS_OF_LOG, &shape_consent_unit},
    {TABLE_DOCUMENT, SQL_DOCUMENTS_OF_LOG, &shape_document_plain},
};

typedef struct LogDigest {
    Sha256 *row_sha;    /* the Tx's */
    Sha256 *sha;
    uint32_t rows;
    const LogContent *known;   /* its entries are not read again, or NULL */
    Arena *keep;               /* of the marks; NULL: none are made */
    EntryMark *marks;
    uint32_t mark_count, mark_room;
} LogDigest;

/* The rows of one table on their way into the digest. */
typedef struct Part {
    LogDigest *digest;
    enum table table;
} Part;

static Err add_digest(LogDigest *digest, enum table table, const Id *key, const Hash *row)
{
    char bytes[1 + ID_BYTES + HASH_BYTES];

    bytes[0] = (char)table;
    memcpy(bytes + 1, key->bytes, ID_BYTES);
    memcpy(bytes + 1 + ID_BYTES, row->bytes, HASH_BYTES);
    digest->rows++;
    return sha256_add(digest->sha, str_from_bytes(bytes, sizeof bytes));
}

static Err add_mark(LogDigest *digest, EntryMark mark)
{
    if (digest->mark_count == digest->mark_room) {
        uint32_t room = digest->mark_room > 0 ? 2 * digest->mark_room : MARKS_FIRST;
        EntryMark *marks = NULL;
        TRY(ARENA_NEW(digest->keep, EntryMark, room, &marks));
        if (digest->mark_count > 0)
            memcpy(marks, digest->marks, digest->mark_count * sizeof *marks);
        digest->marks = marks;
        digest->mark_room = room;
    }
    digest->marks[digest->mark_count++] = mark;
    return ok();
}

static Err add_known(LogDigest *digest)
{
    for (uint32_t i = 0; i < digest->known->entries.count; i++)
        TRY(add_digest(digest, TABLE_ENTRY, &digest->known->marks[i].id, &digest->known->marks[i].digest));
    return ok();
}

static Err add_row(void *self, const Value *columns)
{
    const Part *part = self;
    LogDigest *digest = part->digest;
    uint32_t count = table_columns(part->table) - (part->table == TABLE_LOG ? LOG_HEAD_COLUMNS : 0);
    Hash row;
    Id key;

    TRY(row_digest(digest->row_sha, part->table, columns, count, &row));
    TRY(change_key(&columns[0], &key));
    TRY(add_digest(digest, part->table, &key, &row));
    if (part->table == TABLE_ENTRY && digest->keep)
        return add_mark(digest, (EntryMark){.id = key, .digest = row});
    /* The entries follow the log's own row. */
    return part->table == TABLE_LOG && digest->known ? add_known(digest) : ok();
}

/* The rows of each part; without an arena to keep them in they are counted. */
typedef struct Found {
    void *items;
    uint32_t count;
} Found;

/* A log's whole content as questions, which stay here until they are answered. */
typedef struct Reading {
    Value parameters[2];   /* the log's number, and its newest entry's that need not be read again */
    Sha256 *sha;
    LogDigest digest;
    Part digested[COUNT_OF(parts)];
    RowWatch watches[COUNT_OF(parts)];
    Found found[COUNT_OF(parts)];
} Reading;

static void reading_donep(Reading *reading)
{
    sha256_free(reading->sha);
}

static enum sql sql_of(size_t part, bool all)
{
    return parts[part].table == TABLE_ENTRY && !all ? SQL_ENTRIES_OF_LOG_AFTER : parts[part].sql;
}

/* The first COUNT_OF(parts) of asks. Before it, reading's digest says what is known, and where rows are kept. */
static Err begin_reading(Tx *tx, int64_t no, Reading *reading, TxAsk *asks)
{
    const LogContent *known = reading->digest.known;
    const Arena *keep = reading->digest.keep;
    bool all = !known || known->entries.count == 0;

    reading->parameters[0] = value_number(no);
    if (!all)
        reading->parameters[1] = value_number(known->entries.items[known->entries.count - 1].no);
    TRY(sha256_new(&reading->sha));
    reading->digest.row_sha = tx->sha;
    reading->digest.sha = reading->sha;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        reading->digested[i] = (Part){.digest = &reading->digest, .table = parts[i].table};
        reading->watches[i] = (RowWatch){.self = &reading->digested[i], .row = add_row};
        asks[i] = (TxAsk){.id = sql_of(i, all), .parameters = reading->parameters, .shape = keep ? parts[i].shape : NULL,
                          .watch = &reading->watches[i], .ret_items = &reading->found[i].items,
                          .ret_count = &reading->found[i].count};
    }
    return ok();
}

static Err end_reading(Reading *reading, Hash *ret_digest, uint32_t *ret_rows)
{
    if (reading->found[0].count != 1)
        return fail(E_NOT_FOUND);
    TRY(sha256_done(reading->sha, ret_digest->bytes));
    *ret_rows = reading->digest.rows;
    return ok();
}

Err store_log_digest(Tx *tx, int64_t no, Hash *ret_digest, uint32_t *ret_rows)
{
    AUTO(reading_donep) Reading reading = {0};
    TxAsk asks[COUNT_OF(parts)];

    TRY(begin_reading(tx, no, &reading, asks));
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), NULL));
    return end_reading(&reading, ret_digest, ret_rows);
}

Err store_log_check(Tx *tx, const LogContent *known, Arena *keep, LogCheck *ret_check)
{
    AUTO(reading_donep) Reading reading = {.digest = {.known = known}};
    TxAsk asks[COUNT_OF(parts) + 1];
    LogCheck check = {0};

    TRY(begin_reading(tx, known->log.no, &reading, asks));
    asks[COUNT_OF(parts)] = TX_ASK(SQL_SETTINGS, NULL, &shape_setting, &check.settings);
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), keep));
    TRY(end_reading(&reading, &check.digest, &check.rows));
    *ret_check = check;
    return ok();
}

Err store_log_written(Tx *tx, const LogWritten *written, Hash *ret_digest, uint32_t *ret_rows)
{
    const Value parameters[] = {value_number(written->no), value_number(written->last_activity_at),
                                value_number(written->wake_on), value_bytes(written->header),
                                value_number(written->header_version)};
    AUTO(reading_donep) Reading reading = {.digest = {.known = written->known}};
    TxAsk asks[COUNT_OF(parts) + 1];
    struct {
        TxKey *items;
        uint32_t count;
    } logs = {0};

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(begin_reading(tx, written->no, &reading, asks + 1));
    asks[0] = TX_ASK(SQL_LOG_WRITTEN, parameters, &tx_id_shape, &logs);
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), tx->scratch));
    if (logs.count == 0)
        return fail(E_STALE);
    TRY(tx_touch(tx, TABLE_LOG, value_id(&logs.items[0].id)));
    tx_remember_log(tx, logs.items[0].id, written->no);
    return end_reading(&reading, ret_digest, ret_rows);
}

static void take_content(const Reading *reading, LogContent *content)
{
    const Found *found = reading->found;

    content->log = *(const LogRow *)found[0].items;
    content->entries = (EntryRows){found[1].items, found[1].count};
    content->participants = (ParticipantRows){found[2].items, found[2].count};
    content->consents = (ConsentRows){found[3].items, found[3].count};
    content->consent_units = (ConsentUnitRows){found[4].items, found[4].count};
    content->documents = (DocumentRows){found[5].items, found[5].count};
    content->marks = reading->digest.marks;
}

Err store_log_content(Tx *tx, const Permit *permit, Arena *keep, LogContent *ret_content)
{
    AUTO(reading_donep) Reading reading = {.digest = {.keep = keep}};
    TxAsk asks[COUNT_OF(parts) + 1];
    ScopeKeyRows scopes = {0};
    LogContent content = {0};
    Value no;

    TRY(permitted(tx, permit, &no));
    const Value scope = value_id(&tx->log); /* the log of the permit, whose number this is */
    TRY(begin_reading(tx, no.number, &reading, asks));
    asks[COUNT_OF(parts)] = TX_ASK(SQL_TRACK_SCOPE_KEY, &scope, &shape_scope_key, &scopes);
    TRY(tx_ask_all(tx, asks, COUNT_OF(asks), keep));
    TRY(end_reading(&reading, &content.digest, &content.rows));
    take_content(&reading, &content);
    if (scopes.count == 1)
        content.scope = scopes.items[0];
    *ret_content = content;
    return ok();
}

/* A whole log at once: its content, and the digest over all of it.
 * Must not give a row without a permit for its log.
 * Called by service. */
#include "store/content.h"

#include <assert.h>
#include <string.h>

#include "store/log_rows.h"

SHAPE(log, LOG_WRITTEN, LogRow);
SHAPE(entry, ENTRY, EntryRow);
SHAPE(participant, PARTICIPANT, ParticipantRow);
SHAPE(consent, CONSENT, ConsentRow);
SHAPE(consent_unit, CONSENT_UNIT, ConsentUnitRow);
SHAPE(document_plain, DOCUMENT_PLAIN, DocumentRow);
SHAPE(scope_key, SCOPE_KEY, ScopeKeyRow);
SHAPE(setting, SETTING, SettingRow);

#define MARKS_FIRST 64

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
    bool unchanged;            /* nor are those looked for that were added */
    const Tx *work;            /* whose entries may have been added, and nobody else's; NULL: anybody's */
    const RestMarks *rest;     /* people, consents and documents are not read again, or NULL */
    Arena *keep;               /* of the marks; NULL: none are made */
    EntryMark *marks;
    uint32_t mark_count, mark_room;
    Arena *rest_keep;          /* of the others', or NULL */
    RestMarks rest_marks;
} LogDigest;

/* The rows of one table on their way into the digest. */
typedef struct Part {
    LogDigest *digest;
    enum table table;
} Part;

/* Marks are bytes as they are hashed, one behind the other: many are one call. */
static_assert(sizeof(EntryMark) == 1 + ID_BYTES + HASH_BYTES, "a mark has no gaps");

static Err add_marks(LogDigest *digest, const EntryMark *marks, uint32_t count)
{
    digest->rows += count;
    return count > 0 ? sha256_add(digest->sha, str_from_bytes(marks, count * sizeof *marks)) : ok();
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

static Err add_rest_mark(LogDigest *digest, EntryMark mark)
{
    RestMarks *marks = &digest->rest_marks;

    if (marks->count == marks->room) {
        uint32_t room = marks->room > 0 ? 2 * marks->room : MARKS_FIRST;
        EntryMark *items = NULL;
        TRY(ARENA_NEW(digest->rest_keep, EntryMark, room, &items));
        if (marks->count > 0)
            memcpy(items, marks->items, marks->count * sizeof *items);
        marks->items = items;
        marks->room = room;
    }
    marks->items[marks->count++] = mark;
    return ok();
}

static bool has_touched(const Tx *tx, enum table table, const Id *key)
{
    for (const Change *change = tx->first_change; change; change = change->next)
        if (change->table == table && str_equal(change->key.bytes, id_bytes(key)))
            return true;
    return false;
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
    /* A row that somebody else has added since must not come under a new head. */
    if (part->table == TABLE_ENTRY && digest->work && !has_touched(digest->work, TABLE_ENTRY, &key))
        return fail(E_STALE);
    const EntryMark mark = {.table = (uint8_t)part->table, .id = key, .digest = row};
    TRY(add_marks(digest, &mark, 1));
    if (part->table == TABLE_ENTRY && digest->keep)
        return add_mark(digest, mark);
    /* The entries follow the log's own row. */
    if (part->table == TABLE_LOG)
        return digest->known ? add_marks(digest, digest->known->marks, digest->known->entries.count) : ok();
    if (part->table == TABLE_ENTRY || !digest->rest_keep)
        return ok();
    return add_rest_mark(digest, mark);
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
    uint32_t asked;        /* how many questions it takes */
} Reading;

static void reading_donep(Reading *reading)
{
    sha256_free(reading->sha);
}

static enum sql sql_of(size_t part, bool all)
{
    return parts[part].table == TABLE_ENTRY && !all ? SQL_ENTRIES_OF_LOG_AFTER : parts[part].sql;
}

static bool is_known(const LogDigest *digest, enum table table)
{
    if (table == TABLE_LOG)
        return false;
    return table == TABLE_ENTRY ? digest->known && digest->unchanged : digest->rest != NULL;
}

/* The first reading->asked of asks, at most COUNT_OF(parts). Before it, reading's digest says what is known, and where rows are
 * kept. */
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
        if (is_known(&reading->digest, parts[i].table))
            continue;
        reading->digested[i] = (Part){.digest = &reading->digest, .table = parts[i].table};
        reading->watches[i] = (RowWatch){.self = &reading->digested[i], .row = add_row};
        asks[reading->asked++] = (TxAsk){.id = sql_of(i, all), .parameters = reading->parameters, .shape = keep ? parts[i].shape : NULL,
                          .watch = &reading->watches[i], .ret_items = &reading->found[i].items,
                          .ret_count = &reading->found[i].count};
    }
    return ok();
}

static Err end_reading(Reading *reading, Hash *ret_digest, uint32_t *ret_rows)
{
    if (reading->found[0].count != 1)
        return fail(E_NOT_FOUND);
    if (reading->digest.rest)
        TRY(add_marks(&reading->digest, reading->digest.rest->items, reading->digest.rest->count));
    TRY(sha256_done(reading->sha, ret_digest->bytes));
    *ret_rows = reading->digest.rows;
    return ok();
}

Err store_log_digest(Tx *tx, int64_t no, Hash *ret_digest, uint32_t *ret_rows)
{
    AUTO(reading_donep) Reading reading = {0};
    TxAsk asks[COUNT_OF(parts)];

    TRY(begin_reading(tx, no, &reading, asks));
    TRY(tx_ask_all(tx, asks, reading.asked, NULL));
    return end_reading(&reading, ret_digest, ret_rows);
}

Err store_log_check(Tx *tx, const LogContent *known, Arena *keep, LogCheck *ret_check)
{
    AUTO(reading_donep) Reading reading = {.digest = {.known = known, .unchanged = true, .rest_keep = keep}};
    TxAsk asks[COUNT_OF(parts) + 1];
    LogCheck check = {0};

    TRY(begin_reading(tx, known->log.no, &reading, asks));
    asks[reading.asked] = TX_ASK(SQL_SETTINGS, NULL, &shape_setting, &check.settings);
    TRY(tx_ask_all(tx, asks, reading.asked + 1, keep));
    TRY(end_reading(&reading, &check.digest, &check.rows));
    check.rest = reading.digest.rest_marks;
    *ret_check = check;
    return ok();
}

/* Whether the work has touched people, consents or documents. */
static bool touched_rest(const Tx *tx)
{
    for (const Change *change = tx->first_change; change; change = change->next)
        if (change->table == TABLE_PARTICIPANT || change->table == TABLE_CONSENT || change->table == TABLE_CONSENT_UNIT ||
            change->table == TABLE_DOCUMENT)
            return true;
    return false;
}

Err store_log_written(Tx *tx, const LogWritten *written, Hash *ret_digest, uint32_t *ret_rows)
{
    const Value parameters[] = {value_number(written->no), value_number(written->last_activity_at),
                                value_number(written->wake_on), value_bytes(written->header),
                                value_number(written->header_version)};
    AUTO(reading_donep) Reading reading = {.digest = {.known = written->known, .work = written->known ? tx : NULL,
                                                        .rest = touched_rest(tx) ? NULL : written->rest}};
    TxAsk asks[COUNT_OF(parts) + 1];
    struct {
        TxKey *items;
        uint32_t count;
    } logs = {0};

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(begin_reading(tx, written->no, &reading, asks + 1));
    asks[0] = TX_ASK(SQL_LOG_WRITTEN, parameters, &tx_id_shape, &logs);
    TRY(tx_ask_all(tx, asks, reading.asked + 1, tx->scratch));
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

static Err read_content(Tx *tx, const Permit *permit, const LogContent *known, Arena *keep, LogContent *ret_content)
{
    AUTO(reading_donep) Reading reading = {.digest = {.known = known, .keep = keep}};
    TxAsk asks[COUNT_OF(parts) + 1];
    ScopeKeyRows scopes = {0};
    LogContent content = {0};
    Value no;

    TRY(log_permitted(tx, permit, &no));
    const Value scope = value_id(&tx->log); /* the log of the permit, whose number this is */
    TRY(begin_reading(tx, no.number, &reading, asks));
    asks[reading.asked] = TX_ASK(SQL_TRACK_SCOPE_KEY, &scope, &shape_scope_key, &scopes);
    TRY(tx_ask_all(tx, asks, reading.asked + 1, keep));
    TRY(end_reading(&reading, &content.digest, &content.rows));
    take_content(&reading, &content);
    if (scopes.count == 1)
        content.scope = scopes.items[0];
    *ret_content = content;
    return ok();
}

Err store_log_content(Tx *tx, const Permit *permit, Arena *keep, LogContent *ret_content)
{
    return read_content(tx, permit, NULL, keep, ret_content);
}

/* The entries that were known, and those after them. */
static Err join_known(const LogContent *known, Arena *keep, LogContent *content)
{
    const EntryRows added = content->entries;
    uint32_t count = known->entries.count + added.count;
    const EntryMark *added_marks = content->marks;
    EntryMark *marks = NULL;

    content->entries = known->entries;
    content->marks = known->marks;
    if (added.count == 0)
        return ok();
    content->entries = (EntryRows){.count = count};
    TRY(ARENA_NEW(keep, EntryRow, count, &content->entries.items));
    TRY(ARENA_NEW(keep, EntryMark, count, &marks));
    memcpy(content->entries.items, known->entries.items, known->entries.count * sizeof *added.items);
    memcpy(content->entries.items + known->entries.count, added.items, added.count * sizeof *added.items);
    memcpy(marks, known->marks, known->entries.count * sizeof *marks);
    memcpy(marks + known->entries.count, added_marks, added.count * sizeof *marks);
    content->marks = marks;
    return ok();
}

Err store_log_content_from(Tx *tx, const Permit *permit, const LogContent *known, Arena *keep, LogContent *ret_content)
{
    LogContent content;

    TRY(read_content(tx, permit, known, keep, &content));
    TRY(join_known(known, keep, &content));
    *ret_content = content;
    return ok();
}

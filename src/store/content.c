/* A whole log at once: its content, and the digest over all of it.
 * Must not give a row without a permit for its log.
 * Called by service. */
#include "store/content.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "domain/period.h"
#include "store/log_rows.h"
#include "store/proofs.h"

SHAPE(log, LOG, LogRow);
SHAPE(entry, ENTRY, EntryRow);
SHAPE(participant, PARTICIPANT, ParticipantRow);
SHAPE(consent, CONSENT, ConsentRow);
SHAPE(consent_unit, CONSENT_UNIT, ConsentUnitRow);
SHAPE(participant_plain, PARTICIPANT_PLAIN, ParticipantRow);
SHAPE(consent_plain, CONSENT_PLAIN, ConsentRow);
SHAPE(document_plain, DOCUMENT_PLAIN, DocumentRow);
SHAPE(scope_key, SCOPE_KEY, ScopeKeyRow);
PROVEN_SHAPE(setting, SETTING, SettingRow);

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

/* A log's whole content as questions, which stay here until they are answered, and the marks of the rows that came. */
typedef struct Reading {
    Tx *tx;
    Arena *keep;               /* of the marks */
    const LogContent *known;   /* its entries are not read again, or NULL */
    bool checks;               /* nor are those looked for that were added */
    bool writes;               /* entries that this work has added may have come, and nobody else's */
    bool same[TABLE_COUNT];    /* nor are those of people, consents and documents read again that stand as they were known */
    bool rows;                 /* the rows are kept too */
    Value parameters[2];       /* the log's number, and its newest entry's that need not be read again */
    struct Part {
        struct Reading *reading;
        enum table table;
    } digested[COUNT_OF(parts)];
    RowWatch watches[COUNT_OF(parts)];
    struct Found {
        void *items;
        uint32_t count;
    } found[COUNT_OF(parts)];
    uint32_t asked;            /* how many questions it takes */
    LogMarks marks;            /* without those of known entries */
    Hash log_standing;         /* of the log's own row, as far as its standing is proven by it */
} Reading;

/* ---- marks ---- */

/* Marks are bytes as they are hashed, one behind the other: many are one call. */
static_assert(sizeof(RowMark) == 1 + ID_BYTES + HASH_BYTES, "a mark has no gaps");

static Str marks_bytes(const RowMark *marks, uint32_t count)
{
    return str_from_bytes(marks, count * sizeof *marks);
}

/* Room doubles whenever count is a power of two. */
static Err add_mark(RowMarks *marks, const RowMark *mark, Arena *keep)
{
    bool full = marks->count == 0 || (marks->count >= MARKS_FIRST && (marks->count & (marks->count - 1)) == 0);

    if (full) {
        RowMark *items = NULL;
        TRY(ARENA_NEW(keep, RowMark, marks->count > 0 ? 2 * (size_t)marks->count : MARKS_FIRST, &items));
        if (marks->count > 0)
            memcpy(items, marks->items, marks->count * sizeof *items);
        marks->items = items;
    }
    marks->items[marks->count++] = *mark;
    return ok();
}

static Err mark_row(void *self, const Value *columns)
{
    const struct Part *part = self;
    Reading *reading = part->reading;
    uint32_t count = table_columns(part->table) - (part->table == TABLE_LOG ? LOG_HEAD_COLUMNS : 0);
    RowMark mark = {.table = (uint8_t)part->table};

    TRY(row_digest(reading->tx->sha, part->table, columns, count, &mark.digest));
    TRY(change_key(&columns[0], &mark.id));
    if (part->table == TABLE_LOG) {
        reading->marks.log = mark;
        return reading->writes ? row_digest(reading->tx->sha, TABLE_LOG, columns, STANDING_LOG_COLUMNS, &reading->log_standing) : ok();
    }
    if (part->table != TABLE_ENTRY)
        return add_mark(&reading->marks.rest, &mark, reading->keep);
    /* A row that somebody else has added since must not come under a new head. */
    if (reading->known && reading->writes && !tx_has_touched(reading->tx, TABLE_ENTRY, &mark.id))
        return fail(E_STALE);
    return add_mark(&reading->marks.entries, &mark, reading->keep);
}

/* Of the log's own row, its people, consents and documents. */
static bool same_but_entries(const LogMarks *a, const LogMarks *b)
{
    return memcmp(&a->log, &b->log, sizeof a->log) == 0 && a->rest.count == b->rest.count &&
           str_equal(marks_bytes(a->rest.items, a->rest.count), marks_bytes(b->rest.items, b->rest.count));
}

/* ---- asking ---- */

static enum sql sql_of(size_t part, bool all)
{
    return parts[part].table == TABLE_ENTRY && !all ? SQL_ENTRIES_OF_LOG_AFTER : parts[part].sql;
}

static bool is_known(const Reading *reading, enum table table)
{
    if (table == TABLE_LOG)
        return reading->writes;
    return table == TABLE_ENTRY ? reading->checks : reading->same[table];
}

/* The first reading->asked of asks, at most COUNT_OF(parts). */
static void begin_reading(Reading *reading, int64_t no, TxAsk *asks)
{
    const LogContent *known = reading->known;
    bool all = !known || known->entries.count == 0;

    reading->parameters[0] = value_number(no);
    if (!all)
        reading->parameters[1] = value_number(known->entries.items[known->entries.count - 1].no);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        reading->digested[i] = (struct Part){.reading = reading, .table = parts[i].table};
        reading->watches[i] = (RowWatch){.self = &reading->digested[i], .row = mark_row};
        if (is_known(reading, parts[i].table))
            continue;
        asks[reading->asked++] = (TxAsk){.id = sql_of(i, all), .parameters = reading->parameters,
                          .shape = reading->rows ? parts[i].shape : NULL, .watch = &reading->watches[i],
                          .ret_items = &reading->found[i].items, .ret_count = &reading->found[i].count};
    }
}

static Err add_marks(Sha256 *sha, const RowMark *marks, uint32_t count)
{
    return count > 0 ? sha256_add(sha, marks_bytes(marks, count)) : ok();
}

static Err digest_of(const Reading *reading, Hash *ret_digest, uint32_t *ret_rows)
{
    const RowMarks known = reading->known ? reading->known->marks.entries : (RowMarks){0};
    const RowMarks added = reading->marks.entries, rest = reading->marks.rest;
    Sha256 *sha = reading->tx->sha;

    if (reading->found[0].count != 1)
        return fail(E_NOT_FOUND);
    TRY(add_marks(sha, &reading->marks.log, 1));
    TRY(add_marks(sha, known.items, known.count));
    TRY(add_marks(sha, added.items, added.count));
    TRY(add_marks(sha, rest.items, rest.count));
    *ret_rows = 1 + known.count + added.count + rest.count;
    return sha256_done(sha, ret_digest->bytes);
}

Err store_log_digest(Tx *tx, int64_t no, Hash *ret_digest, uint32_t *ret_rows)
{
    Reading reading = {.tx = tx, .keep = tx->scratch};
    TxAsk asks[COUNT_OF(parts)];

    begin_reading(&reading, no, asks);
    TRY(tx_ask_all(tx, asks, reading.asked, NULL));
    return digest_of(&reading, ret_digest, ret_rows);
}

Err store_log_check(Tx *tx, const LogContent *known, Arena *keep, SettingRows *ret_settings)
{
    Reading reading = {.tx = tx, .keep = keep, .known = known, .checks = true};
    TxAsk asks[COUNT_OF(parts) + 1];
    SettingRows settings = {0};

    begin_reading(&reading, known->log.no, asks);
    asks[reading.asked] = TX_ASK(SQL_SETTINGS, NULL, &shape_setting, &settings);
    TRY(tx_ask_all(tx, asks, reading.asked + 1, keep));
    if (reading.found[0].count != 1)
        return fail(E_NOT_FOUND);
    if (!same_but_entries(&reading.marks, &known->marks))
        return fail(E_STALE);
    *ret_settings = settings;
    return ok();
}

/* Of people, consents and documents those that the work has not touched: they were just found to be what is known. */
static void find_same(Reading *reading)
{
    for (size_t i = 2; i < COUNT_OF(parts); i++)
        reading->same[parts[i].table] = reading->known != NULL;
    for (const Change *change = reading->tx->first_change; change; change = change->next)
        if (change->table < TABLE_COUNT)
            reading->same[change->table] = false;
}

/* The marks of what was read and of what is known, in the order of the parts. */
static Err join_rest(Reading *reading)
{
    const RowMarks read = reading->marks.rest;
    RowMarks joined = {0};

    if (!reading->known)
        return ok();
    for (size_t i = 2; i < COUNT_OF(parts); i++) {
        const RowMarks *from = reading->same[parts[i].table] ? &reading->known->marks.rest : &read;
        for (uint32_t k = 0; k < from->count; k++)
            if (from->items[k].table == parts[i].table)
                TRY(add_mark(&joined, &from->items[k], reading->keep));
    }
    reading->marks.rest = joined;
    return ok();
}

/* ---- the standing that is proven with the head (proofs.h), from the rows that the head is made of ---- */

static int by_beginning(const void *a, const void *b)
{
    const ParticipantRow *first = a, *second = b;
    int order = period_order(PERIOD_OF(first), PERIOD_OF(second));

    return order != 0 ? order : memcmp(first->id.bytes, second->id.bytes, ID_BYTES);
}

static Err people_in_order(const struct Found *people, Arena *scratch, struct Found *ret_people)
{
    ParticipantRow *items = NULL;

    TRY(ARENA_NEW(scratch, ParticipantRow, (size_t)people->count + 1, &items));
    if (people->count > 0)
        memcpy(items, people->items, people->count * sizeof *items);
    qsort(items, people->count, sizeof *items, by_beginning);
    *ret_people = (struct Found){.items = items, .count = people->count};
    return ok();
}

static Err add_standing(Tx *tx, enum table table, const Shape *shape, const struct Found *rows, Sha256 *sha)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        Value values[COLUMNS_MAX];
        Hash digest;
        row_to_values(shape, (const char *)rows->items + i * shape->size, values);
        TRY(row_digest(tx->sha, table, values, shape->count, &digest));
        TRY(sha256_add(sha, str_from_bytes(digest.bytes, HASH_BYTES)));
    }
    return ok();
}

/* Those that were read again, or those that were known and were found to be the same in this work. */
static struct Found rows_now(const Reading *reading, size_t part, struct Found known)
{
    return reading->same[parts[part].table] ? known : reading->found[part];
}

static Err tell_standing(const Reading *reading)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    const LogContent *known = reading->known;
    Tx *tx = reading->tx;
    struct Found people;

    if (!known || !reading->rows || tx->standing_no != known->log.no)
        return ok();
    const struct Found read = rows_now(reading, 2, (struct Found){known->participants.items, known->participants.count});
    const struct Found consents = rows_now(reading, 3, (struct Found){known->consents.items, known->consents.count});
    const struct Found units = rows_now(reading, 4, (struct Found){known->consent_units.items, known->consent_units.count});
    TRY(people_in_order(&read, tx->scratch, &people));
    TRY(sha256_new(&sha));
    TRY(sha256_add(sha, str_from_bytes(reading->log_standing.bytes, HASH_BYTES)));
    TRY(add_standing(tx, TABLE_PARTICIPANT, &shape_participant_plain, &people, sha));
    TRY(add_standing(tx, TABLE_CONSENT, &shape_consent_plain, &consents, sha));
    TRY(add_standing(tx, TABLE_CONSENT_UNIT, &shape_consent_unit, &units, sha));
    TRY(sha256_done(sha, tx->standing.bytes));
    tx->standing_told = true;
    return ok();
}

static Err tell_after(Reading *reading, LogAfter *ret_after)
{
    TRY(tell_standing(reading));
    TRY(join_rest(reading));
    LogAfter after = {.marks = reading->marks};

    TRY(digest_of(reading, &after.digest, &after.rows));
    after.added = (EntryRows){reading->found[1].items, reading->rows ? reading->found[1].count : 0};
    if (!reading->rows)
        after.marks = (LogMarks){0};
    *ret_after = after;
    return ok();
}

Err store_log_written(Tx *tx, const LogWritten *written, LogAfter *ret_after)
{
    const Value parameters[] = {value_number(written->no), value_number(written->last_activity_at),
                                value_number(written->wake_on), value_bytes(written->header),
                                value_number(written->header_version), value_number(written->looked_to)};
    Arena *keep = written->keep ? written->keep : tx->scratch;
    Reading reading = {.tx = tx, .keep = keep, .known = written->known, .writes = true, .rows = written->keep != NULL};
    TxAsk asks[COUNT_OF(parts)];

    if (!tx->writing)
        return fail(E_INTERNAL);
    find_same(&reading);
    begin_reading(&reading, written->no, asks + 1);
    /* The change gives the log's own row back as it stands from now on. */
    asks[0] = (TxAsk){.id = SQL_LOG_WRITTEN, .parameters = parameters, .watch = &reading.watches[0],
                      .ret_items = &reading.found[0].items, .ret_count = &reading.found[0].count};
    TRY(tx_ask_all(tx, asks, reading.asked + 1, keep));
    if (reading.found[0].count == 0)
        return fail(E_STALE);
    TRY(tx_touch(tx, TABLE_LOG, value_id(&reading.marks.log.id)));
    tx_remember_log(tx, reading.marks.log.id, written->no);
    return tell_after(&reading, ret_after);
}

/* ---- a whole log ---- */

static void take_content(const Reading *reading, LogContent *content)
{
    const struct Found *found = reading->found;

    content->log = *(const LogRow *)found[0].items;
    content->entries = (EntryRows){found[1].items, found[1].count};
    content->participants = (ParticipantRows){found[2].items, found[2].count};
    content->consents = (ConsentRows){found[3].items, found[3].count};
    content->consent_units = (ConsentUnitRows){found[4].items, found[4].count};
    content->documents = (DocumentRows){found[5].items, found[5].count};
    content->marks = reading->marks;
}

/* The digest of a log with the same marks as before is the same. */
static Err digest_of_content(const Reading *reading, LogContent *content)
{
    const LogContent *known = reading->known;

    if (reading->found[0].count != 1)
        return fail(E_NOT_FOUND);
    if (!known || reading->marks.entries.count > 0 || !same_but_entries(&reading->marks, &known->marks))
        return digest_of(reading, &content->digest, &content->rows);
    content->digest = known->digest;
    content->rows = known->rows;
    return ok();
}

static Err read_content(Tx *tx, const Permit *permit, const LogContent *known, Arena *keep, LogContent *ret_content)
{
    Reading reading = {.tx = tx, .keep = keep, .known = known, .rows = true};
    TxAsk asks[COUNT_OF(parts) + 1];
    ScopeKeyRows scopes = {0};
    LogContent content = {0};
    Value no;

    TRY(log_permitted(tx, permit, &no));
    const Value scope = value_id(&tx->log); /* the log of the permit, whose number this is */
    begin_reading(&reading, no.number, asks);
    asks[reading.asked] = TX_ASK(SQL_TRACK_SCOPE_KEY, &scope, &shape_scope_key, &scopes);
    TRY(tx_ask_all(tx, asks, reading.asked + 1, keep));
    TRY(digest_of_content(&reading, &content));
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
    const EntryRows first = known->entries, added = content->entries;
    const RowMarks added_marks = content->marks.entries;
    EntryRows entries = {.count = first.count + added.count};
    RowMarks marks = {.count = entries.count};

    content->entries = first;
    content->marks.entries = known->marks.entries;
    if (added.count == 0)
        return ok();
    TRY(ARENA_NEW(keep, EntryRow, entries.count, &entries.items));
    TRY(ARENA_NEW(keep, RowMark, marks.count, &marks.items));
    memcpy(entries.items, first.items, first.count * sizeof *first.items);
    memcpy(entries.items + first.count, added.items, added.count * sizeof *added.items);
    memcpy(marks.items, known->marks.entries.items, first.count * sizeof *marks.items);
    memcpy(marks.items + first.count, added_marks.items, added.count * sizeof *marks.items);
    content->entries = entries;
    content->marks.entries = marks;
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

/* Inboxes: what people are told, as codes and objects.
 * Must not hold a name or a text.
 * Called by service. */
#include "store/inbox.h"

#include "store/audit.h"

PROVEN_SHAPE(inbox, INBOX, InboxRow);
PROVEN_SHAPE(silence, SILENCE, SilenceRow);
PROVEN_SHAPE(outbox, OUTBOX, OutboxRow);
SHAPE(entry_lived, ENTRY_LIVED, EntryRow);

#define LIST_MAX 1000

static Err max_ok(uint32_t max)
{
    return max >= 1 && max <= LIST_MAX ? ok() : fail(E_RANGE);
}

static Err put_mails(Tx *tx, const InboxRow *rows, uint32_t count);

Err store_inbox_insert(Tx *tx, const InboxRow *row)
{
    TRY(tx_insert(tx, SQL_INBOX_INSERT, &shape_inbox, row, TABLE_INBOX));
    return put_mails(tx, row, 1);
}

#define TOLD_AT_ONCE 12 /* as the statement has places */
#define TOLD_SHARED 4

/* The places of one statement: what all of its rows share, and what is each one's own. */
typedef struct Telling {
    Value places[TOLD_SHARED + 3 * TOLD_AT_ONCE];
    Hash proofs[TOLD_AT_ONCE];
    uint32_t count;
} Telling;

static bool is_alike(const InboxRow *a, const InboxRow *b)
{
    return a->event == b->event && id_equal(a->object, b->object) && a->at == b->at && a->due == b->due;
}

static Err add_told(Tx *tx, const InboxRow *row, Telling *telling)
{
    Value columns[COLUMNS_MAX], *places = &telling->places[TOLD_SHARED + 3 * telling->count];
    Hash *proof = &telling->proofs[telling->count++];

    TRY(tx_values(tx, &shape_inbox, row, proof, columns));
    places[0] = value_id(&row->id);
    places[1] = value_id(&row->person);
    places[2] = value_hash(proof);
    return ok();
}

/* As many rows from the first on as one statement takes. */
static Err fill(Tx *tx, const InboxRow *rows, uint32_t count, Telling *ret_telling)
{
    *ret_telling = (Telling){.places = {value_number(rows->event), value_id(&rows->object), value_number(rows->at), value_number(rows->due)}};
    while (ret_telling->count < count && ret_telling->count < TOLD_AT_ONCE && is_alike(&rows[ret_telling->count], rows))
        TRY(add_told(tx, &rows[ret_telling->count], ret_telling));
    for (size_t i = TOLD_SHARED + 3 * (size_t)ret_telling->count; i < COUNT_OF(ret_telling->places); i++)
        ret_telling->places[i] = value_bytes(STR_NONE);
    return ok();
}

static Err touch_told(void *self, const Value *columns)
{
    return tx_touch_told(self, TABLE_INBOX, columns);
}

Err store_inbox_tell(Tx *tx, const InboxRows *rows, uint32_t *ret_new)
{
    const RowWatch watch = {.self = tx, .row = touch_told};
    uint32_t put = 0;
    Telling telling;

    if (!tx->writing)
        return fail(E_INTERNAL);
    for (uint32_t i = 0; i < rows->count; i += telling.count) {
        void *kept = NULL;
        uint32_t count = 0;
        TRY(fill(tx, &rows->items[i], rows->count - i, &telling));
        const TxAsk ask = {.id = SQL_INBOX_TELL, .parameters = telling.places, .watch = &watch, .ret_items = &kept, .ret_count = &count};
        TRY(tx_rows(tx, &ask, tx->scratch));
        put += count;
        TRY(put_mails(tx, &rows->items[i], telling.count));
    }
    if (ret_new)
        *ret_new = put;
    return ok();
}

Err store_inbox(Tx *tx, const InboxPage *page, Arena *keep, InboxRows *ret_rows)
{
    const InboxRow *before = page->before;
    const Id last = before ? before->id : (Id){{0}};
    const Value parameters[] = {value_id(&page->person), value_number(before ? before->at : INT64_MAX), value_id(&last),
                                value_number(page->max), value_number(page->without)};

    TRY(max_ok(page->max));
    return TX_ROWS(tx, SQL_INBOX_OF_PERSON, parameters, &shape_inbox, keep, ret_rows);
}

Err store_inbox_tasks(Tx *tx, const InboxPage *page, Arena *keep, InboxRows *ret_rows)
{
    const Value parameters[] = {value_id(&page->person), value_number(page->max), value_number(page->without)};

    TRY(max_ok(page->max));
    return TX_ROWS(tx, SQL_INBOX_TASKS, parameters, &shape_inbox, keep, ret_rows);
}

Err store_inbox_lived(Tx *tx, const InboxRow *newest, const InboxRow *oldest, Arena *keep, EntryRows *ret_rows)
{
    const Value parameters[] = {value_id(&newest->person), value_number(newest->at), value_id(&newest->id), value_number(oldest->at),
                                value_id(&oldest->id)};

    return TX_ROWS(tx, SQL_INBOX_LIVED, parameters, &shape_entry_lived, keep, ret_rows);
}

Err store_inbox_unread(Tx *tx, Id person, int64_t without, uint32_t *ret_count)
{
    const Value parameters[] = {value_id(&person), value_number(without)};
    int64_t count = 0;

    TRY(tx_number(tx, SQL_INBOX_UNREAD, parameters, &count));
    *ret_count = (uint32_t)count;
    return ok();
}

#define READ_AT_ONCE 19 /* as the statement has places */

/* As many rows from the first on as one statement takes, read at that time. */
static Err read_some(Tx *tx, const InboxRow *rows, uint32_t count, int64_t now)
{
    const RowWatch watch = {.self = tx, .row = touch_told};
    Value places[1 + 2 * READ_AT_ONCE] = {value_number(now)}, columns[COLUMNS_MAX];
    Hash proofs[READ_AT_ONCE];
    uint32_t changed = 0;
    void *kept = NULL;

    for (uint32_t i = 0; i < READ_AT_ONCE; i++) {
        InboxRow row = rows[i < count ? i : 0];
        row.read_at = now;
        TRY(tx_values(tx, &shape_inbox, &row, &proofs[i], columns));
        places[1 + 2 * i] = i < count ? value_id(&rows[i].id) : value_bytes(STR_NONE);
        places[2 + 2 * i] = value_hash(&proofs[i]);
    }
    const TxAsk ask = {.id = SQL_INBOX_READ, .parameters = places, .watch = &watch, .ret_items = &kept, .ret_count = &changed};
    TRY(tx_rows(tx, &ask, tx->scratch));
    return changed == count ? ok() : fail(E_STALE);
}

Err store_inbox_read_all(Tx *tx, Id person, int64_t now, uint32_t *ret_count)
{
    const Value parameter = value_id(&person);
    InboxRows rows = {0};

    if (!tx->writing)
        return fail(E_INTERNAL);
    TRY(TX_ROWS(tx, SQL_INBOX_UNREAD_ROWS, &parameter, &shape_inbox, tx->scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i += READ_AT_ONCE) {
        uint32_t left = rows.count - i;
        TRY(read_some(tx, &rows.items[i], left < READ_AT_ONCE ? left : READ_AT_ONCE, now));
    }
    *ret_count = rows.count;
    return ok();
}

/* ---- what is not wanted ---- */

Err store_silence(Tx *tx, Id person, SilenceRow *ret_row)
{
    const Value parameter = value_id(&person);
    SilenceRow row = {0};

    Err found = tx_row(tx, ASKS(SQL_SILENCE_OF_PERSON, &parameter), &shape_silence, NULL, &row);
    if (found.id != E_NOT_FOUND)
        TRY(found);
    row.person = person;
    *ret_row = row;
    return ok();
}

Err store_silence_put(Tx *tx, const SilenceRow *row)
{
    Value values[COLUMNS_MAX];
    Hash proof;

    TRY(tx_values(tx, &shape_silence, row, &proof, values));
    return tx_change_or(tx, SQL_SILENCE_PUT, values, E_INTERNAL);
}

/* ---- what is mailed ---- */

#define MAIL_SHARED 2

typedef struct Mailing {
    Value places[MAIL_SHARED + 3 * TOLD_AT_ONCE];
    Hash proofs[TOLD_AT_ONCE];
    uint32_t count;
} Mailing;

static Err add_mail(Tx *tx, const InboxRow *told, Mailing *mailing)
{
    const OutboxRow row = {.id = told->id, .person = told->person, .template = told->event, .at = told->at};
    Value columns[COLUMNS_MAX], *places = &mailing->places[MAIL_SHARED + 3 * mailing->count];
    Hash *proof = &mailing->proofs[mailing->count++];

    TRY(tx_values(tx, &shape_outbox, &row, proof, columns));
    places[0] = value_id(&told->id);
    places[1] = value_id(&told->person);
    places[2] = value_hash(proof);
    return ok();
}

/* Of rows that say the same of the same, as many as one statement takes: beside each that stands in an inbox. */
static Err put_mails(Tx *tx, const InboxRow *rows, uint32_t count)
{
    Mailing mailing = {.places = {value_number(rows->event), value_number(rows->at)}};
    uint32_t put = 0;

    if (!rows->mailed)
        return ok();
    for (uint32_t i = 0; i < count; i++)
        TRY(add_mail(tx, &rows[i], &mailing));
    for (size_t i = MAIL_SHARED + 3 * (size_t)count; i < COUNT_OF(mailing.places); i++)
        mailing.places[i] = value_bytes(STR_NONE);
    return tx_delete_plain(tx, ASKS(SQL_OUTBOX_PUT, mailing.places), &put);
}

Err store_outbox(Tx *tx, uint32_t max, Arena *keep, OutboxRows *ret_rows)
{
    const Value parameter = value_number(max);

    TRY(max_ok(max));
    return TX_ROWS(tx, SQL_OUTBOX_WAITING, &parameter, &shape_outbox, keep, ret_rows);
}

Err store_outbox_delete_of_person(Tx *tx, Id person)
{
    const Value parameter = value_id(&person);
    uint32_t count = 0;

    return tx_delete_plain(tx, ASKS(SQL_OUTBOX_DELETE_OF_PERSON, &parameter), &count);
}

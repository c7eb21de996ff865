/* The chain: every work's lines, numbered and hashed together with what the work changed.
 * Must not let a change pass without a line.
 * Called by writer.c at a work's begin and end, and by services through store_audit. */
#include "store/audit.h"

#include <assert.h>
#include <string.h>

#include "domain/acts.h"
#include "domain/period.h"
#include "store/alarm.h"

SHAPE(audit, AUDIT_LINE, AuditRow);

void tx_work_begin(Tx *tx)
{
    tx->first_change = NULL;
    tx->last_change = &tx->first_change;
    memset(tx->buckets, 0, sizeof tx->buckets);
    tx->change_count = 0;
    tx->first_line = NULL;
    tx->last_line = &tx->first_line;
    tx->line_count = 0;
    tx->standing_no = 0;
    tx->standing_told = false;
    tx->log_no = 0; /* a work that is undone takes its log with it */
    tx->saved = tx->ending = tx->refused = false;
}

Err store_audit(Tx *tx, const AuditLine *line)
{
    Line *kept;

    if (!tx->writing || line->outcome < AUDIT_ALLOWED || line->outcome > AUDIT_FAILED)
        return fail(E_INTERNAL);
    if (tx->line_count >= LINES_MAX)
        return fail(E_TOO_LARGE);
    TRY(ARENA_NEW(tx->scratch, Line, 1, &kept));
    kept->line = *line;
    *tx->last_line = kept;
    tx->last_line = &kept->next;
    tx->line_count++;
    return ok();
}

Err audit_chain_start(const char *database, int64_t writer, Hash *ret_hash)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    const uint8_t id[2] = {(uint8_t)(writer >> 8), (uint8_t)writer};

    TRY(sha256_new(&sha));
    TRY(sha256_add(sha, STR("stafettlogg audit chain ")));
    TRY(sha256_add(sha, str_from_c(database)));
    TRY(sha256_add(sha, str_from_bytes(id, sizeof id)));
    return sha256_done(sha, ret_hash->bytes);
}

void audit_chain_range(const Tx *tx, Value ret_range[static 2])
{
    const int64_t writer = store_writer(tx->store);

    ret_range[0] = value_number(writer << AUDIT_WRITER_SHIFT);
    ret_range[1] = value_number((writer + 1) << AUDIT_WRITER_SHIFT);
}

static Err chain_head_of(const Tx *tx, const Value *columns, bool any, ChainHead *ret_head)
{
    const int64_t writer = store_writer(tx->store);

    if (!any) {
        ret_head->seq = writer << AUDIT_WRITER_SHIFT;
        return audit_chain_start(store_database(tx->store), writer, &ret_head->hash);
    }
    if (columns[1].bytes.length != HASH_BYTES)
        return fail(E_FORGED);
    ret_head->seq = columns[0].number;
    memcpy(ret_head->hash.bytes, columns[1].bytes.data, HASH_BYTES);
    return ok();
}

Err audit_chain_take(Tx *tx, ChainHead *ret_head)
{
    Value columns[COLUMNS_MAX], end[COLUMNS_MAX];
    bool any = false, more;
    ChainHead head;

    TRY(tx_step(tx, columns, &any));
    TRY(chain_head_of(tx, columns, any, &head));
    TRY(tx_step(tx, end, &more));
    *ret_head = head;
    return ok();
}

Err audit_chain_head(Tx *tx, ChainHead *ret_head)
{
    Value range[2];

    audit_chain_range(tx, range);
    TRY(tx_query(tx, SQL_AUDIT_LAST, range));
    return audit_chain_take(tx, ret_head);
}

/* Fixed-width, big-endian; docs/formats.md has golden bytes. */
Err audit_line_hash(Sha256 *sha, const AuditRow *row, Str changes, Hash *ret_hash)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    Str bytes;

    TRY(arena_new(8192, &scratch));
    Buf buf = buf_new(scratch, 1024);
    buf_add(&buf, STR("stafettlogg audit line 1"));
    buf_add_u64(&buf, (uint64_t)row->seq);
    buf_add_u64(&buf, (uint64_t)row->line.at);
    buf_add(&buf, id_bytes(&row->line.request));
    buf_add(&buf, id_bytes(&row->line.person));
    buf_add_u8(&buf, row->line.role);
    buf_add(&buf, id_bytes(&row->line.unit));
    buf_add_u16(&buf, row->line.act);
    buf_add_u8(&buf, row->line.object_kind);
    buf_add(&buf, id_bytes(&row->line.object));
    buf_add_u8(&buf, (uint8_t)row->line.outcome);
    buf_add_u16(&buf, row->line.reason);
    buf_add_u32(&buf, row->line.amount);
    buf_add_bytes(&buf, row->line.head.bytes, HASH_BYTES);
    buf_add_bytes(&buf, row->previous.bytes, HASH_BYTES);
    buf_add_u32(&buf, row->changes);
    TRY(buf_done(&buf, &bytes));
    TRY(sha256_add(sha, bytes));
    TRY(sha256_add(sha, changes));
    return sha256_done(sha, ret_hash->bytes);
}

/* Where the digest of a touched row goes; it stays zeros when the row is gone. */
typedef struct RowNow {
    Tx *tx;
    enum table table;
    bool ends;
    Hash digest;
    LedgerFacts facts;
    void *kept;      /* nothing is */
    uint32_t count;
} RowNow;

static Err digest_now(void *self, const Value *columns)
{
    RowNow *now = self;

    TRY(row_digest(now->tx->sha, now->table, columns, table_columns(now->table), &now->digest));
    now->facts = ledger_facts(now->table, columns, now->ends);
    /* What stands there must be what this work wrote: nothing forged comes into the chain by being used. */
    return table_is_proven(now->table) ? tx_proof_check(now->tx, now->table, columns, table_columns(now->table)) : ok();
}

/* The rows as they stand in the database now, several in one question, but for those that are known. *at moves to the first change
 * that is left. */
static Err read_back(Tx *tx, Change **at, RowNow *rows, uint32_t *ret_count)
{
    RowWatch watches[TX_ASKS_MAX];
    TxAsk asks[TX_ASKS_MAX];
    uint32_t count = 0;

    for (; *at && count < TX_ASKS_MAX; *at = (*at)->next) {
        if ((*at)->told)
            continue;
        rows[count] = (RowNow){.tx = tx, .table = (*at)->table, .ends = (*at)->ends, .facts = ledger_facts((*at)->table, NULL, false)};
        watches[count] = (RowWatch){.self = &rows[count], .row = digest_now};
        asks[count] = (TxAsk){.id = SQL_TRACK((*at)->table), .parameters = &(*at)->key, .watch = &watches[count],
                               .ret_items = &rows[count].kept, .ret_count = &rows[count].count};
        count++;
    }
    *ret_count = count;
    return count > 0 ? tx_ask_all(tx, asks, count, NULL) : ok();
}

/* What was read back is known from here on. */
static void know(Change *change, const RowNow *row)
{
    change->digest = row->digest;
    change->facts = row->facts;
}

static Err add_change(Buf *buf, const Change *change)
{
    Id key;

    TRY(change_key(&change->key, &key));
    buf_add_u8(buf, (uint8_t)change->table);
    buf_add(buf, id_bytes(&key));
    buf_add_bytes(buf, change->digest.bytes, DIGEST_BYTES);
    return ok();
}

static Err changes_bytes(Tx *tx, Str *ret_changes)
{
    Buf buf = buf_new(tx->scratch, (size_t)tx->change_count * CHANGE_BYTES + 1);
    Change *change = tx->first_change, *read = change;
    RowNow rows[TX_ASKS_MAX];
    uint32_t count = 0;

    while (change) {
        TRY(read_back(tx, &read, rows, &count));
        for (uint32_t at = 0; change != read; change = change->next) {
            if (!change->told)
                know(change, &rows[at++]);
            TRY(add_change(&buf, change));
        }
    }
    return buf_done(&buf, ret_changes);
}

static Err write_line(Tx *tx, const AuditLine *line, uint32_t count, Str changes)
{
    AuditRow row = {.seq = tx->chain.seq + 1, .line = *line, .changes = count, .previous = tx->chain.hash};
    Value values[COLUMNS_MAX];
    Hash proof;

    TRY(audit_line_hash(tx->sha, &row, changes, &row.hash));
    TRY(store_prove(tx->store, &row.hash, &proof));
    row_to_values(&shape_audit, &row, values);
    values[AT_CHANGES] = value_bytes(changes);
    values[AT_PROOF] = value_hash(&proof);
    TRY(tx_post(tx, SQL_AUDIT_INSERT, values));
    tx->chain = (ChainHead){.seq = row.seq, .hash = row.hash};
    return ok();
}

/* A line has no id: its number stands where that of a row does. */
static Err forged_line(const Tx *tx, int64_t seq)
{
    Id number = {{0}};

    for (int i = 0; i < 8; i++)
        number.bytes[ID_BYTES - 1 - i] = (uint8_t)((uint64_t)seq >> 8 * i);
    alarm_row(store_tenant(tx->store), "audit", number);
    return fail(E_FORGED);
}

/* A line of ours that is gone, or another in its place. Where somebody has added lines the one that was our last stands still. */
static Err line_stands(Tx *tx, const ChainHead *line, bool *ret_stands)
{
    const Value range[] = {value_number(line->seq), value_number(line->seq + 1)};
    Value columns[COLUMNS_MAX];
    bool row = false;

    *ret_stands = memcmp(tx->chain.hash.bytes, line->hash.bytes, HASH_BYTES) == 0;
    if (tx->chain.seq <= line->seq)
        return ok();
    TRY(tx_query(tx, SQL_AUDIT_LAST, range));
    TRY(tx_step(tx, columns, &row));
    *ret_stands = row && str_equal(columns[1].bytes, str_from_bytes(line->hash.bytes, HASH_BYTES));
    tx->driver->finish(tx->link);
    return ok();
}

/* Lines at the end that nobody has signed yet could be cut off with nobody to tell, but for the process that wrote them. */
static Err chain_goes_on(Tx *tx)
{
    bool stands = true;
    ChainHead left;

    if (tx->chain_goes_on)
        return ok();
    if (store_left(tx->store, &left))
        TRY(line_stands(tx, &left, &stands));
    if (!stands)
        return store_tells_cut(tx->store) ? forged_line(tx, left.seq) : fail(E_FORGED);
    tx->chain_goes_on = true;
    return ok();
}

/* What the work ends waits for its transaction, under the number of the work's first line, which follows. */
static Err add_to_ledger(Tx *tx, const AuditLine *line)
{
    Ledger *ledger = store_ledger(tx->store);

    for (const Change *change = ledger ? tx->first_change : NULL; change; change = change->next) {
        LedgerLine made = {.at = line->at, .tenant = store_tenant(tx->store), .chain = tx->chain.seq + 1};
        if (change->facts.count > 0)
            TRY(change_key(&change->key, &made.object));
        for (uint32_t i = 0; i < change->facts.count; i++) {
            made.kind = change->facts.items[i].kind;
            made.value = change->facts.items[i].value;
            TRY(ledger_add(ledger, &made));
        }
    }
    return ok();
}

Err tx_work_end(Tx *tx)
{
    Str changes = STR_NONE;

    if (tx->change_count > 0 && !tx->first_line)
        return fail(E_INTERNAL);
    if (tx->change_count > 0)
        TRY(changes_bytes(tx, &changes));
    if (tx->first_line) {
        TRY(tx_know_chain(tx));
        TRY(chain_goes_on(tx));
    }
    tx->ending = true;
    if (tx->first_line)
        TRY(add_to_ledger(tx, &tx->first_line->line));
    for (const Line *line = tx->first_line; line; line = line->next) {
        bool first = line == tx->first_line;
        TRY(write_line(tx, &line->line, first ? tx->change_count : 0, first ? changes : STR_NONE));
    }
    return ok();
}

/* ---- believing a line ---- */

Err audit_proof_check(Tx *tx, const Value *columns, const Hash *hash, bool *ret_good)
{
    const Value *proof = &columns[AT_PROOF];
    Hash wanted;

    TRY(store_prove(tx->store, hash, &wanted));
    *ret_good = proof->type == VALUE_BYTES && proof->bytes.length == HASH_BYTES &&
                crypto_equal(proof->bytes.data, wanted.bytes, HASH_BYTES);
    return ok();
}

Err audit_line_take(Tx *tx, const Value *columns, AuditRow *ret_row)
{
    AuditRow row = {0};
    bool good = false;
    Hash hash;

    if (!is_ok(row_from_values(&shape_audit, columns, NULL, &row)))
        return forged_line(tx, columns[0].number);
    TRY(audit_line_hash(tx->sha, &row, columns[AT_CHANGES].bytes, &hash));
    TRY(audit_proof_check(tx, columns, &hash, &good));
    if (!good)
        return forged_line(tx, row.seq);
    *ret_row = row;
    return ok();
}

static Err believe_line(void *self, const Value *columns)
{
    AuditRow row;
    return audit_line_take(self, columns, &row);
}

/* Whoever forged a line of the same request keeps nobody from writing the true one. */
typedef struct Known {
    Tx *tx;
    bool known;
} Known;

static Err known_by_line(void *self, const Value *columns)
{
    Known *known = self;
    Err good = believe_line(known->tx, columns);

    known->known = known->known || is_ok(good);
    return good.id == E_FORGED ? ok() : good;
}

Err store_request_known(Tx *tx, Id request, bool *ret_known)
{
    const Value parameter = value_id(&request);
    Known known = {.tx = tx};
    const RowWatch watch = {.self = &known, .row = known_by_line};
    uint32_t count = 0;
    void *none = NULL;
    const TxAsk ask = {.id = SQL_AUDIT_REQUEST, .parameters = &parameter, .watch = &watch, .ret_items = &none, .ret_count = &count};

    TRY(tx_rows(tx, &ask, NULL));
    *ret_known = known.known;
    return ok();
}

bool role_is_outdated(const void *row, const Value *beside)
{
    const RoleRow *role = row;
    const int64_t ended_at = beside->number;

    return ended_at != 0 && !period_has_ended(PERIOD_OF(role), ended_at);
}

bool person_is_outdated(const void *row, const Value *beside)
{
    const PersonRow *person = row;

    return person->version <= beside->number;
}

/* ---- reading lines ---- */

bool audit_wanted(const ActSet *acts, uint16_t act)
{
    return act < 256 && (acts->bits[act / 64] >> (act % 64) & 1);
}

#define LOOK_AT_ONCE 500

/* Lines that were looked at and are not wanted leave nothing in keep. */
static Err lines_of_object(Tx *tx, enum sql statement, const AuditPage *wish, Arena *keep, AuditRows *ret_rows)
{
    AuditRows found = {0}, page;
    int64_t before = wish->before_seq > 0 ? wish->before_seq : INT64_MAX;
    const uint32_t max = wish->max;
    uint32_t looked_at = 0, look_at = 2 * max < LOOK_AT_ONCE ? 2 * max : LOOK_AT_ONCE;

    if (max < 1 || max > 500)
        return fail(E_RANGE);
    TRY(ARENA_NEW(keep, AuditRow, max, &found.items));
    do {
        const Value parameters[] = {value_id(&wish->of), value_number(before), value_number(look_at)};
        size_t mark = arena_mark(keep);
        TRY(TX_ROWS(tx, statement, parameters, &shape_audit, keep, &page));
        for (uint32_t i = 0; i < page.count && found.count < max; i++) {
            before = page.items[i].seq;
            if (audit_wanted(wish->acts, page.items[i].line.act))
                found.items[found.count++] = page.items[i];
        }
        arena_rewind(keep, mark);
        /* The few newest are most often all that is asked for. */
        looked_at = look_at;
        look_at = LOOK_AT_ONCE;
    } while (page.count == looked_at && found.count < max);
    *ret_rows = found;
    return ok();
}

Err store_audit_of_object(Tx *tx, const AuditPage *page, Arena *keep, AuditRows *ret_rows)
{
    return lines_of_object(tx, SQL_AUDIT_OF_OBJECT, page, keep, ret_rows);
}

Err store_audit_seen(Tx *tx, const AuditPage *page, Arena *keep, AuditRows *ret_rows)
{
    return lines_of_object(tx, SQL_AUDIT_SEEN, page, keep, ret_rows);
}

Err store_audit_of_person(Tx *tx, const AuditPage *page, Arena *keep, AuditRows *ret_rows)
{
    const Value parameters[] = {value_id(&page->of), value_number(page->before_seq > 0 ? page->before_seq : INT64_MAX),
                                value_number(page->max)};

    if (page->max < 1 || page->max > 500)
        return fail(E_RANGE);
    return TX_ROWS(tx, SQL_AUDIT_OF_PERSON, parameters, &shape_audit, keep, ret_rows);
}

static_assert(ACT_ENROL == 94, "the number stands in the statement and in its index");

Err store_audit_enrolments(Tx *tx, Id person, Arena *keep, AuditRows *ret_rows)
{
    const Value parameters[] = {value_id(&person)};
    const RowWatch watch = {.self = tx, .row = believe_line};
    TxAsk ask = TX_ASK(SQL_AUDIT_ENROLMENTS, parameters, &shape_audit, ret_rows);

    ask.watch = &watch;
    return tx_rows(tx, &ask, keep);
}

Err store_audit_all(Tx *tx, int64_t before_seq, uint32_t max, Arena *keep, AuditRows *ret_rows)
{
    const Value parameters[] = {value_number(before_seq > 0 ? before_seq : INT64_MAX), value_number(max)};

    if (max < 1 || max > 500)
        return fail(E_RANGE);
    return TX_ROWS(tx, SQL_AUDIT_ALL, parameters, &shape_audit, keep, ret_rows);
}

Err store_audit_head(Tx *tx, int64_t *ret_seq, Hash *ret_hash)
{
    ChainHead head;

    TRY(audit_chain_head(tx, &head));
    bool empty = (head.seq & (((int64_t)1 << AUDIT_WRITER_SHIFT) - 1)) == 0;
    *ret_seq = empty ? 0 : head.seq;
    *ret_hash = empty ? (Hash){{0}} : head.hash;
    return ok();
}

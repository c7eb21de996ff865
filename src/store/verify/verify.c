/* Reads the whole chain again and compares every row with the newest digest that the chain holds for it.
 * Must not change anything, nor stop at the first finding.
 * Called by `stafettlogg verify`, by the nightly job, and after a restore. */
#include "store/verify/verify.h"

#include <stdlib.h>
#include <string.h>

#include "domain/acts.h"
#include "store/audit.h"
#include "store/heads.h"
#include "store/rights.h"
#include "store/rowmap.h"
#include "store/verify/bytes_check.h"
#include "store/verify/ledger_check.h"
#include "store/verify/sealed_cells.h"

SHAPE(audit, AUDIT_LINE, AuditRow);
SHAPE(head_signature, HEAD_SIGNATURE, HeadSignatureRow);

#define PAGE 200
#define PAGE_MEMORY ((size_t)256 << 20)
#define TELL_EVERY 1000
#define SCOPE_BLIND_INDEX 4 /* among the columns of SCOPE_KEY */

typedef struct Verify {
    Tx *tx;
    const VerifyWatch *watch;
    VerifyResult result;
    uint64_t total;
    RowMap map;
    LedgerCheck ledger;
    Arena *page;            /* of one page of lines or heads */
    ChainHead chain;        /* the line read last */
    int64_t writer;         /* whose chain is being read */
    bool looking_back;      /* the second time through: only for older digests */
    bool known_met;         /* the agent's newest head stands in this chain */
} Verify;

static void found(Verify *verify, enum finding_kind kind, const char *table, const Id *row, int64_t seq)
{
    const Finding finding = {.kind = kind, .table = table, .row = row ? *row : (Id){{0}}, .seq = seq};

    verify->result.findings++;
    verify->watch->found(verify->watch->self, &finding);
}

static void tell(const Verify *verify, bool last)
{
    uint64_t done = verify->result.lines + verify->result.rows;

    if (verify->watch->progress && (last || done % TELL_EVERY == 0))
        verify->watch->progress(verify->watch->self, done, last ? done : verify->total);
}

/* ---- the chain ---- */

/* What a line says its work changed. */
static Err take_changes(Verify *verify, const AuditRow *row, Str changes)
{
    Cursor cursor = cursor_new(changes);

    for (uint32_t i = 0; i < row->changes; i++) {
        uint8_t table = cursor_u8(&cursor);
        Id key;
        uint8_t digest[DIGEST_BYTES];
        cursor_copy(&cursor, key.bytes, sizeof key.bytes);
        cursor_copy(&cursor, digest, sizeof digest);
        if (cursor.failed || table >= TABLE_COUNT)
            break;
        if (verify->looking_back)
            rowmap_look_back(&verify->map, table, &key, digest);
        else
            TRY(rowmap_put(&verify->map, table, &key, digest, row->seq));
        RowMapEntry *entry = table == TABLE_SCOPE_KEY && !verify->looking_back ? rowmap_find(&verify->map, table, &key) : NULL;
        if (entry)
            entry->by_enrolment = row->line.act == ACT_ENROL || (row->line.act == ACT_EPOCH_REWRAP && entry->by_enrolment);
    }
    return ok();
}

static Err begin_chain(Verify *verify, int64_t seq)
{
    int64_t writer = seq >> AUDIT_WRITER_SHIFT;

    if (verify->chain.seq != 0 && writer == verify->writer)
        return ok();
    verify->writer = writer;
    verify->chain.seq = writer << AUDIT_WRITER_SHIFT;
    return audit_chain_start(store_database(verify->tx->store), writer, &verify->chain.hash);
}

/* Each line is compared with what it says of itself and with the line before, so that one changed line is one finding. One that
 * is in order all the same, whoever wrote it, has no proof of ours. */
static Err check_line(Verify *verify, const AuditRow *row, const Value *columns)
{
    const Str changes = columns[AT_CHANGES].bytes;
    bool proven = false;
    Hash hash;

    TRY(begin_chain(verify, row->seq));
    TRY(audit_line_hash(verify->tx->sha, row, changes, &hash));
    TRY(audit_proof_check(verify->tx, columns, &row->hash, &proven));
    bool whole = memcmp(hash.bytes, row->hash.bytes, HASH_BYTES) == 0 &&
                 changes.length == (size_t)row->changes * CHANGE_BYTES;
    bool follows = row->seq == verify->chain.seq + 1 &&
                   memcmp(row->previous.bytes, verify->chain.hash.bytes, HASH_BYTES) == 0;
    if (!whole)
        found(verify, FINDING_LINE_CHANGED, NULL, NULL, row->seq);
    else if (!follows)
        found(verify, FINDING_LINE_MISSING, NULL, NULL, row->seq);
    else if (!proven)
        found(verify, FINDING_LINE_UNPROVEN, NULL, NULL, row->seq);
    verify->chain = (ChainHead){.seq = row->seq, .hash = row->hash};
    verify->result.lines++;
    tell(verify, false);
    return ok();
}

/* The columns of AUDIT_CHAIN: a line's, then the bytes of its changes and the proof. A line that does not even decode is a finding. */
static Err next_line(Verify *verify, const Value *columns, int64_t *after)
{
    AuditRow row = {0};
    const Str changes = columns[AT_CHANGES].bytes;

    *after = columns[0].number;
    if (!is_ok(row_from_values(&shape_audit, columns, NULL, &row))) {
        if (!verify->looking_back)
            found(verify, FINDING_LINE_CHANGED, NULL, NULL, *after);
        return ok();
    }
    if (!verify->looking_back)
        TRY(check_line(verify, &row, columns));
    return take_changes(verify, &row, changes);
}

/* The whole chain, in pages. */
static Err read_chain(Verify *verify)
{
    int64_t after = INT64_MIN, page_start;

    verify->chain = (ChainHead){0};
    do {
        const Value parameters[] = {value_number(after), value_number(PAGE)};
        Value columns[COLUMNS_MAX];
        bool row = true;
        page_start = after;
        TRY(tx_query(verify->tx, SQL_AUDIT_CHAIN, parameters));
        for (;;) {
            TRY(tx_step(verify->tx, columns, &row));
            if (!row)
                break;
            TRY(next_line(verify, columns, &after));
        }
    } while (after != page_start);
    return ok();
}

/* ---- signed heads ---- */

/* *ret_there: a line of this number stands; *ret_same: with this hash. */
static Err find_line(Verify *verify, const ChainHead *line, bool *ret_there, bool *ret_same)
{
    const Value parameters[] = {value_number(line->seq), value_number(line->seq + 1)};
    Value columns[COLUMNS_MAX];
    bool row = false;

    TRY(tx_query(verify->tx, SQL_AUDIT_LAST, parameters));
    TRY(tx_step(verify->tx, columns, &row));
    *ret_there = row;
    *ret_same = row && str_equal(columns[1].bytes, str_from_bytes(line->hash.bytes, HASH_BYTES));
    verify->tx->driver->finish(verify->tx->link);
    return ok();
}

/* Every chain that the head covers still passes through the line it was signed at. */
static Err check_covered(Verify *verify, const HeadCovers *covers, bool *ret_there, bool *ret_same)
{
    *ret_there = *ret_same = true;
    for (uint32_t i = 0; i < covers->count; i++) {
        bool there, same;
        TRY(find_line(verify, &covers->chains[i], &there, &same));
        *ret_there = *ret_there && there;
        *ret_same = *ret_same && same;
    }
    return ok();
}

static bool covers_itself(const HeadCovers *covers, const HeadSignatureRow *head)
{
    for (uint32_t i = 0; i < covers->count; i++)
        if (covers->chains[i].seq == head->seq)
            return memcmp(covers->chains[i].hash.bytes, head->hash.bytes, HASH_BYTES) == 0;
    return false;
}

static Err check_head(Verify *verify, const HeadSignatureRow *head)
{
    const VerifyWatch *watch = verify->watch;
    HeadCovers covers;
    bool there, same;

    verify->result.heads++;
    if (!is_ok(head_covers_read(head->covers, &covers)) || !covers_itself(&covers, head)) {
        found(verify, FINDING_HEAD_FORGED, NULL, NULL, head->seq);
        return ok();
    }
    TRY(check_covered(verify, &covers, &there, &same));
    bool good = same && (!watch->head_good || watch->head_good(watch->self, head, covers.size, &covers.root));
    if (!ledger_check_covers(&verify->ledger, head->seq, &covers.ledger))
        found(verify, FINDING_LEDGER_CUT, NULL, NULL, head->seq);
    if (!there)
        found(verify, FINDING_CHAIN_CUT, NULL, NULL, head->seq);
    else if (!good)
        found(verify, FINDING_HEAD_FORGED, NULL, NULL, head->seq);
    verify->known_met = verify->known_met || (good && covers.size == watch->known_size &&
                                              memcmp(covers.root.bytes, watch->known_root.bytes, HASH_BYTES) == 0);
    return ok();
}

/* A head that the agent signed and whose row was lost in a crash: with one writer its root follows from one line. */
static Err meets_known(Verify *verify, const HeadCovers *now, bool *ret_met)
{
    const VerifyWatch *watch = verify->watch;
    ChainHead line = {.seq = (int64_t)watch->known_size};
    Value columns[COLUMNS_MAX];
    HeadCovers then;
    Hash ledger[2] = {0}; /* the other: it was signed before there was one */
    Str bytes;
    bool row = false;

    if (now->count != 1)
        return ok();
    line.seq |= now->chains[0].seq >> AUDIT_WRITER_SHIFT << AUDIT_WRITER_SHIFT;
    const Value parameters[] = {value_number(line.seq), value_number(line.seq + 1)};
    TRY(tx_query(verify->tx, SQL_AUDIT_LAST, parameters));
    TRY(tx_step(verify->tx, columns, &row));
    if (row && columns[1].bytes.length == HASH_BYTES)
        memcpy(line.hash.bytes, columns[1].bytes.data, HASH_BYTES);
    verify->tx->driver->finish(verify->tx->link);
    TRY(head_ledger(verify->tx, line.seq, &ledger[0]));
    for (size_t i = 0; i < COUNT_OF(ledger) && !*ret_met; i++) {
        TRY(head_covers_write(&line, 1, &ledger[i], verify->page, &bytes));
        TRY(head_covers_read(bytes, &then));
        *ret_met = memcmp(then.root.bytes, watch->known_root.bytes, HASH_BYTES) == 0;
    }
    return ok();
}

static Err check_known(Verify *verify)
{
    StoreHead now;
    HeadCovers covers = {0};

    Err stands = store_head(verify->tx, verify->page, &now);
    if (verify->watch->known_size == 0 && !is_ok(stands))
        return ok(); /* a line without a hash, which was found already */
    TRY(stands);
    verify->result.size = now.size;
    verify->result.root = now.root;
    if (verify->watch->known_size == 0)
        return ok();
    if (now.size < verify->watch->known_size) {
        found(verify, FINDING_DATABASE_OLD, NULL, NULL, now.seq);
        return ok();
    }
    TRY(head_covers_read(now.covers, &covers));
    if (!verify->known_met)
        TRY(meets_known(verify, &covers, &verify->known_met));
    if (!verify->known_met)
        found(verify, FINDING_CHAIN_FORKED, NULL, NULL, now.seq);
    return ok();
}

static Err check_heads(Verify *verify)
{
    struct {
        HeadSignatureRow *items;
        uint32_t count;
    } heads = {0};
    int64_t after = INT64_MIN;

    do {
        const Value parameters[] = {value_number(after), value_number(PAGE)};
        size_t mark = arena_mark(verify->page);
        TRY(TX_ROWS(verify->tx, SQL_HEADS, parameters, &shape_head_signature, verify->page, &heads));
        for (uint32_t i = 0; i < heads.count; i++) {
            TRY(check_head(verify, &heads.items[i]));
            after = heads.items[i].seq;
        }
        arena_rewind(verify->page, mark);
    } while (heads.count > 0);
    return ok();
}

/* ---- rows ---- */

/* A row that stands as the chain says must open too: keys and rows might have been exchanged together with the chain. */
static Err check_sealed(Verify *verify, enum table table, const Id *key, const Value *columns)
{
    const VerifyWatch *watch = verify->watch;
    SealedCell cells[SEALED_CELLS_MAX];
    uint32_t count = 0;
    bool good = true;
    size_t mark = arena_mark(verify->page);

    if (!watch->sealed_good)
        return ok();
    TRY(sealed_cells(table, columns, verify->page, cells, &count));
    for (uint32_t i = 0; i < count && good; i++)
        TRY(watch->sealed_good(watch->self, &cells[i], &good));
    arena_rewind(verify->page, mark);
    if (!good)
        found(verify, FINDING_SEALED_FORGED, table_name(table), key, 0);
    return ok();
}

/* A stranger who knows how lines are chained writes a line for their row too; they cannot write its proof. */
static Err check_proof(Verify *verify, enum table table, const Id *key, const Value *columns)
{
    Err checked = table_is_proven(table) ? tx_proof_check(verify->tx, table, columns, table_columns(table)) : ok();

    if (checked.id != E_FORGED)
        return checked;
    found(verify, FINDING_ROW_UNPROVEN, table_name(table), key, 0);
    return ok();
}

static Err check_row(Verify *verify, enum table table, const Value *columns)
{
    Hash digest;
    Id key;

    if (table >= TABLE_COUNT) {
        TRY(change_key(&columns[0], &key));
        verify->result.rows++;
        return check_proof(verify, table, &key, columns);
    }
    TRY(row_digest(verify->tx->sha, table, columns, table_columns(table), &digest));
    TRY(change_key(&columns[0], &key));
    verify->result.rows++;
    tell(verify, false);
    RowMapEntry *known = rowmap_find(&verify->map, (uint8_t)table, &key);
    if (!known || rowmap_is_gone(known)) {
        found(verify, FINDING_ROW_EXTRA, table_name(table), &key, known ? known->seq : 0);
        return ok();
    }
    known->seen = true;
    if (memcmp(known->digest, digest.bytes, DIGEST_BYTES) != 0) {
        known->differs = true;
        memcpy(known->actual, digest.bytes, DIGEST_BYTES);
        return ok();
    }
    if (known->by_enrolment && columns[SCOPE_BLIND_INDEX].bytes.length > 0)
        found(verify, FINDING_INDEX_CHOSEN, table_name(table), &key, known->seq);
    if (ledger_check_row(&verify->ledger, known, columns))
        found(verify, FINDING_LEDGER_LACKS, table_name(table), &key, known->seq);
    TRY(check_proof(verify, table, &key, columns));
    return check_sealed(verify, table, &key, columns);
}

static Value first_key(enum table table)
{
    return table == TABLE_SETTING || table == TABLE_JOB ? value_text(STR_NONE) : value_bytes(STR_NONE);
}

static Err check_table(Verify *verify, enum table table)
{
    Value after = first_key(table);
    Value columns[COLUMNS_MAX];
    char key[256];
    bool more;

    do {
        const Value parameters[] = {after, value_number(PAGE)};
        bool row = true;
        more = false;
        TRY(tx_query(verify->tx, SQL_PAGE(table), parameters));
        for (;;) {
            TRY(tx_step(verify->tx, columns, &row));
            if (!row)
                break;
            TRY(check_row(verify, table, columns));
            after.bytes.length = columns[0].bytes.length < sizeof key ? columns[0].bytes.length : sizeof key;
            memcpy(key, columns[0].bytes.data, after.bytes.length);
            after.bytes.data = key;
            more = true;
        }
    } while (more);
    return ok();
}

/* The bytes of every document that stands in the database. */
static Err check_document(Verify *verify, const Id *id)
{
    bool same = true;

    TRY(document_check(verify->tx, id, &same));
    if (!same)
        found(verify, FINDING_DOCUMENT_CHANGED, table_name(TABLE_DOCUMENT), id, 0);
    return ok();
}

static Err check_report(Verify *verify, const Id *id)
{
    bool same = true;

    TRY(report_check(verify->tx, id, &same));
    if (!same)
        found(verify, FINDING_REPORT_CHANGED, table_name(TABLE_REPORT), id, 0);
    return ok();
}

static void tell_difference(Verify *verify, const RowMapEntry *entry)
{
    const char *table = table_name((enum table)entry->table);

    if (entry->differs)
        found(verify, entry->rolled_back ? FINDING_ROW_ROLLED_BACK : FINDING_ROW_CHANGED, table, &entry->key, entry->seq);
    else if (!entry->seen && !rowmap_is_gone(entry))
        found(verify, FINDING_ROW_MISSING, table, &entry->key, entry->seq);
}

/* A row that differs is looked for among its own older versions: the chain is read once more. */
static Err tell_differences(Verify *verify)
{
    bool differs = false;

    for (size_t i = 0; i < verify->map.room; i++)
        differs = differs || verify->map.entries[i].differs;
    if (differs) {
        verify->looking_back = true;
        TRY(read_chain(verify));
    }
    for (size_t i = 0; i < verify->map.room; i++) {
        const RowMapEntry *entry = &verify->map.entries[i];
        if (!entry->used)
            continue;
        tell_difference(verify, entry);
        if (ledger_check_lacks(&verify->ledger, entry))
            found(verify, FINDING_LEDGER_LACKS, table_name((enum table)entry->table), &entry->key, entry->seq);
        if (entry->table == TABLE_DOCUMENT && entry->seen)
            TRY(check_document(verify, &entry->key));
        if (entry->table == TABLE_REPORT && entry->seen)
            TRY(check_report(verify, &entry->key));
    }
    return ok();
}

static void tell_rights(void *self, const Id *person)
{
    found(self, FINDING_RIGHTS_DIFFER, table_name(TABLE_PERSON), person, 0);
}

static Err verify_all(Verify *verify)
{
    int64_t lines = 0;

    TRY(arena_new(PAGE_MEMORY, &verify->page));
    TRY(tx_number(verify->tx, SQL_AUDIT_COUNT, NULL, &lines));
    verify->total = (uint64_t)lines * 2;
    TRY(ledger_check_load(verify->tx, &verify->watch->others, &verify->ledger));
    if (verify->ledger.changed)
        found(verify, FINDING_LEDGER_CHANGED, NULL, NULL, 0);
    TRY(read_chain(verify));
    TRY(check_heads(verify));
    TRY(check_known(verify));
    verify->total = verify->result.lines + verify->map.count;
    for (enum table table = 0; table < TABLE_COUNT; table++)
        TRY(check_table(verify, table));
    for (enum table table = TABLE_SESSION; table < TABLE_LIMIT; table++)
        TRY(check_table(verify, table));
    TRY(rights_check(verify->tx, &(RightsWatch){verify, tell_rights}, verify->page));
    TRY(tell_differences(verify));
    tell(verify, true);
    return ok();
}

Err store_verify(Store *store, const VerifyWatch *watch, VerifyResult *ret_result)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Verify verify = {.watch = watch};

    TRY(store_read(store, &tx));
    verify.tx = tx;
    Err error = verify_all(&verify);
    rowmap_free(&verify.map);
    rowmap_free(&verify.ledger.map);
    arena_free(verify.page);
    TRY(error);
    *ret_result = verify.result;
    return ok();
}

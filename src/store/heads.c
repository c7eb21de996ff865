/* Where the chains of a database stand, in the form that the key agent signs.
 * Must not sign or verify: keys live elsewhere.
 * Called by service/heads.c, verify.c. Format: docs/formats.md. */
#include "store/heads.h"

#include <string.h>

SHAPE(head_signature, HEAD_SIGNATURE, HeadSignatureRow);

#define ROOT_LABEL "stafettlogg audit heads 1"
#define COVERS_MAX (2 + HEAD_CHAINS_MAX * HEAD_CHAIN_BYTES + HASH_BYTES)
#define LINE_OF_SEQ (((int64_t)1 << AUDIT_WRITER_SHIFT) - 1)

static Err root_of(Str covers, Hash *ret_root)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;

    TRY(sha256_new(&sha));
    TRY(sha256_add(sha, STR(ROOT_LABEL)));
    TRY(sha256_add(sha, covers));
    return sha256_done(sha, ret_root->bytes);
}

Err head_covers_read(Str covers, HeadCovers *ret_covers)
{
    Cursor cursor = cursor_new(covers);
    HeadCovers read = {.count = cursor_u16(&cursor)};

    if (read.count < 1 || read.count > HEAD_CHAINS_MAX)
        return fail(E_MALFORMED);
    for (uint32_t i = 0; i < read.count; i++) {
        ChainHead *chain = &read.chains[i];
        chain->seq = (int64_t)cursor_u64(&cursor);
        cursor_copy(&cursor, chain->hash.bytes, HASH_BYTES);
        if (chain->seq < 1 || (i > 0 && chain->seq >> AUDIT_WRITER_SHIFT <= read.chains[i - 1].seq >> AUDIT_WRITER_SHIFT))
            return fail(E_MALFORMED);
        read.size += (uint64_t)(chain->seq & LINE_OF_SEQ);
    }
    cursor_copy(&cursor, read.ledger.bytes, HASH_BYTES);
    TRY(cursor_done(&cursor));
    TRY(root_of(covers, &read.root));
    *ret_covers = read;
    return ok();
}

Err head_covers_write(const ChainHead *chains, uint32_t count, const Hash *ledger, Arena *keep, Str *ret_covers)
{
    Buf buf = buf_new(keep, COVERS_MAX);

    buf_add_u16(&buf, (uint16_t)count);
    for (uint32_t i = 0; i < count; i++) {
        buf_add_u64(&buf, (uint64_t)chains[i].seq);
        buf_add_bytes(&buf, chains[i].hash.bytes, HASH_BYTES);
    }
    buf_add_bytes(&buf, ledger->bytes, HASH_BYTES);
    return buf_done(&buf, ret_covers);
}

/* The newest line below `before`. Errors: E_NOT_FOUND, E_FORGED. */
static Err last_line(Tx *tx, int64_t before, ChainHead *ret_head)
{
    const Value range[] = {value_number(0), value_number(before)};
    Value columns[COLUMNS_MAX];
    bool row = false;

    TRY(tx_query(tx, SQL_AUDIT_LAST, range));
    TRY(tx_step(tx, columns, &row));
    if (!row)
        return fail(E_NOT_FOUND);
    bool whole = columns[0].number > 0 && columns[1].bytes.length == HASH_BYTES;
    ret_head->seq = columns[0].number;
    if (whole)
        memcpy(ret_head->hash.bytes, columns[1].bytes.data, HASH_BYTES);
    tx->driver->finish(tx->link);
    return whole ? ok() : fail(E_FORGED);
}

/* From the last writer's chain down to the first one's; written in rising order. */
static Err find_chains(Tx *tx, ChainHead chains[static HEAD_CHAINS_MAX], uint32_t *ret_from)
{
    int64_t before = INT64_MAX;
    uint32_t from = HEAD_CHAINS_MAX;

    for (;;) {
        ChainHead chain;
        Err found = last_line(tx, before, &chain);
        if (found.id == E_NOT_FOUND)
            break;
        TRY(found);
        if (from == 0)
            return fail(E_TOO_LARGE);
        chains[--from] = chain;
        before = chain.seq >> AUDIT_WRITER_SHIFT << AUDIT_WRITER_SHIFT;
    }
    *ret_from = from;
    return ok();
}

Err head_ledger(const Tx *tx, int64_t seq, Hash *ret_hash)
{
    Ledger *ledger = store_ledger(tx->store);

    *ret_hash = (Hash){{0}};
    return ledger ? ledger_head(ledger, store_tenant(tx->store), seq, ret_hash) : ok();
}

Err store_head(Tx *tx, Arena *keep, StoreHead *ret_head)
{
    ChainHead chains[HEAD_CHAINS_MAX];
    HeadCovers covers;
    StoreHead head = {0};
    Hash ledger;
    uint32_t from = 0;

    TRY(find_chains(tx, chains, &from));
    if (from < HEAD_CHAINS_MAX) {
        TRY(store_audit_head(tx, &head.seq, &head.hash));
        TRY(head_ledger(tx, head.seq, &ledger));
        TRY(head_covers_write(&chains[from], HEAD_CHAINS_MAX - from, &ledger, keep, &head.covers));
        TRY(head_covers_read(head.covers, &covers));
        head.size = covers.size;
        head.root = covers.root;
    }
    *ret_head = head;
    return ok();
}

Err store_head_signature_insert(Tx *tx, const HeadSignatureRow *row)
{
    Value values[COLUMNS_MAX];
    bool any;

    row_to_values(&shape_head_signature, row, values);
    return tx_change(tx, SQL_HEAD_INSERT, values, &any, NULL);
}

Err store_head_signature_newest(Tx *tx, Arena *keep, HeadSignatureRow *ret_row)
{
    return tx_row(tx, ASKS(SQL_HEAD_NEWEST, NULL), &shape_head_signature, keep, ret_row);
}

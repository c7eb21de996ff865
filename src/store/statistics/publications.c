/* Publications and their parts.
 * Must not read what stands behind a publication for a page: there is a verb of its own for that.
 * Called by service/statistics. */
#include "store/statistics/publications.h"

#include <string.h>

#include "store/tx.h"

PROVEN_SHAPE(publication, PUBLICATION, PublicationRow);
PROVEN_SHAPE(publication_shown, PUBLICATION_SHOWN, PublicationPartRow);
PROVEN_SHAPE(publication_secret, PUBLICATION_SECRET, PublicationPartRow);

#define BYTES_MAX ((size_t)256 << 20)

Err store_publication_insert(Tx *tx, const PublicationRow *row)
{
    return tx_insert(tx, SQL_PUBLICATION_INSERT, &shape_publication, row, TABLE_PUBLICATION);
}

Err store_publication_newest(Tx *tx, Arena *keep, PublicationRow *ret_row)
{
    return tx_row(tx, ASKS(SQL_PUBLICATION_NEWEST, NULL), &shape_publication, keep, ret_row);
}

Err store_publications(Tx *tx, Arena *keep, PublicationRows *ret_rows)
{
    return TX_ROWS(tx, SQL_PUBLICATIONS, NULL, &shape_publication, keep, ret_rows);
}

/* ---- parts ---- */

Err store_publication_part_insert(Tx *tx, const PublicationPartRow *row)
{
    if (row->kind == PUBLICATION_SHOWN)
        return tx_insert(tx, SQL_SHOWN_INSERT, &shape_publication_shown, row, TABLE_PUBLICATION_SHOWN);
    return tx_insert(tx, SQL_SECRET_INSERT, &shape_publication_secret, row, TABLE_PUBLICATION_SECRET);
}

/* Their bytes one after the other, when those are what was published. */
static Err joined(const PublicationPartRows *rows, const Hash *hash, Arena *keep, Str *ret_bytes)
{
    Buf buf = buf_new(keep, BYTES_MAX);
    Hash now;
    Str bytes;

    for (uint32_t i = 0; i < rows->count; i++) {
        if (rows->items[i].part != i)
            return fail(E_FORGED);
        buf_add(&buf, rows->items[i].bytes);
    }
    TRY(buf_done(&buf, &bytes));
    TRY(sha256(bytes, now.bytes));
    if (memcmp(now.bytes, hash->bytes, HASH_BYTES) != 0)
        return fail(E_FORGED);
    *ret_bytes = bytes;
    return ok();
}

Err store_publication_shown(Tx *tx, const PublicationRow *row, Arena *keep, Str *ret_bytes)
{
    const Value values[] = {value_id(&row->id), value_number(PUBLICATION_SHOWN)};
    PublicationPartRows rows = {0};

    TRY(TX_ROWS(tx, SQL_SHOWN_PARTS, values, &shape_publication_shown, keep, &rows));
    return joined(&rows, &row->shown, keep, ret_bytes);
}

Err store_publication_secret(Tx *tx, const PublicationRow *row, PublicationPart part, Arena *keep, Str *ret_bytes)
{
    const Value values[] = {value_id(&row->id), value_number(part)};
    PublicationPartRows rows = {0};

    if (part != PUBLICATION_LEDGER && part != PUBLICATION_CERTIFICATES)
        return fail(E_RANGE);
    TRY(TX_ROWS(tx, SQL_SECRET_PARTS, values, &shape_publication_secret, keep, &rows));
    return joined(&rows, part == PUBLICATION_LEDGER ? &row->ledger : &row->certificates, keep, ret_bytes);
}

/* Reads what is stored of a document, or of a report one part after the other, and hashes it.
 * Must not keep more than one part.
 * Called by verify.c. */
#include "store/verify/bytes_check.h"

#include <string.h>

#include "store/tables.h"

PROVEN_SHAPE(report, REPORT, ReportRow);

/* ---- documents ---- */

Err document_check(Tx *tx, const Id *document, bool *ret_same)
{
    const Value parameter = value_id(document);
    Value columns[COLUMNS_MAX];
    uint8_t hash[HASH_BYTES];
    bool row = false;

    *ret_same = true;
    TRY(tx_query(tx, SQL_DOCUMENT_BYTES, &parameter));
    TRY(tx_step(tx, columns, &row));
    if (!row)
        return ok();
    Err error = sha256(columns[1].bytes, hash);
    *ret_same = str_equal(columns[0].bytes, str_from_bytes(hash, sizeof hash));
    tx->driver->finish(tx->link);
    return error;
}

/* ---- reports ---- */

/* *ret_there: false where it is missing. */
static Err add_part(Tx *tx, Sha256 *sha, const Id *report, uint32_t part, bool *ret_there)
{
    const Value parameters[] = {value_id(report), value_number(part)};
    Value columns[COLUMNS_MAX];
    bool row = false;
    Err added = ok();

    TRY(tx_query(tx, SQL_REPORT_PART, parameters));
    TRY(tx_step(tx, columns, &row));
    if (row)
        added = sha256_add(sha, columns[0].bytes);
    tx->driver->finish(tx->link);
    *ret_there = row;
    return added;
}

/* A part too many is one that nobody wrote. */
static Err count_is(Tx *tx, const ReportRow *row, bool *ret_same)
{
    const Value parameter = value_id(&row->id);
    int64_t count = 0;

    TRY(tx_number(tx, SQL_REPORT_PARTS_COUNT, &parameter, &count));
    *ret_same = count == (int64_t)row->parts;
    return ok();
}

static Err compare(Tx *tx, const ReportRow *row, bool *ret_same)
{
    static const Hash none;
    AUTO(sha256_freep) Sha256 *sha = NULL;
    bool there = true;
    Hash hash;

    TRY(count_is(tx, row, ret_same));
    TRY(sha256_new(&sha));
    for (uint32_t i = 0; i < row->parts && there && *ret_same; i++)
        TRY(add_part(tx, sha, &row->id, i, &there));
    TRY(sha256_done(sha, hash.bytes));
    bool held = memcmp(row->sealed_sha256.bytes, none.bytes, HASH_BYTES) != 0;
    *ret_same = *ret_same && there && (!held || memcmp(hash.bytes, row->sealed_sha256.bytes, HASH_BYTES) == 0);
    return ok();
}

Err report_check(Tx *tx, const Id *report, bool *ret_same)
{
    const Value parameter = value_id(report);
    ReportRow row = {0};

    *ret_same = true;
    Err found = tx_row(tx, ASKS(SQL_TRACK(TABLE_REPORT), &parameter), &shape_report, NULL, &row);
    if (found.id == E_NOT_FOUND || found.id == E_FORGED)
        return ok();
    TRY(found);
    return compare(tx, &row, ret_same);
}

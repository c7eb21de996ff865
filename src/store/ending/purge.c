/* A log is purged in one work.
 * Must not leave a row that says what was in it.
 * Called by service/ending. Rules: deletion 9, 11. */
#include "store/ending/purge.h"

#include "domain/states.h"
#include "store/log_rows.h"
#include "store/request/crossing.h"
#include "store/rights.h"
#include "store/volatile.h"

PROVEN_SHAPE(certificate, CERTIFICATE, CertificateRow);
PROVEN_SHAPE(deletion, DELETION, DeletionRow);
SHAPE(participant_plain, PARTICIPANT_PLAIN, ParticipantRow);
PROVEN_SHAPE(blind_request, BLIND_REQUEST, BlindRequestRow);

#define MAX 500

/* What hangs on the number of the log, each by what lists it and what deletes one. */
static const struct {
    enum sql list, remove;
    enum table table;
    enum purge_kind kind;
} contents[] = {
    {SQL_CONSENT_UNITS_OF_LOG, SQL_CONSENT_UNIT_DELETE, TABLE_CONSENT_UNIT, PURGED_CONSENT_UNITS},
    {SQL_CONSENTS_OF_LOG, SQL_CONSENT_DELETE, TABLE_CONSENT, PURGED_CONSENTS},
    {SQL_DOCUMENTS_OF_LOG, SQL_DOCUMENT_DELETE, TABLE_DOCUMENT, PURGED_DOCUMENTS},
    {SQL_PARTICIPANTS_OF_LOG, SQL_PARTICIPANT_DELETE, TABLE_PARTICIPANT, PURGED_PARTICIPANTS},
    {SQL_ENTRIES_OF_LOG, SQL_ENTRY_DELETE, TABLE_ENTRY, PURGED_ENTRIES},
};

/* A unit that asked for it sees what it would see had there been none. */
static Err forget_requests(Tx *tx, const Value *log, uint32_t *ret_count)
{
    BlindRequestRows rows = {0};
    Value values[COLUMNS_MAX];
    Hash proof;

    TRY(TX_ROWS(tx, SQL_BLIND_OF_LOG, log, &shape_blind_request, tx->scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        rows.items[i].log = (Id){0};
        TRY(tx_values(tx, &shape_blind_request, &rows.items[i], &proof, values));
        TRY(tx_change_or(tx, SQL_BLIND_REPLACE, values, E_STALE));
    }
    *ret_count = rows.count;
    return ok();
}

static Err purge_around(Tx *tx, const LogRow *log, PurgeCounts *counts)
{
    const Value no = value_number(log->no), id = value_id(&log->id);
    int64_t invitations = 0;
    uint32_t crossings = 0;

    TRY(tx_delete_plain(tx, ASKS(SQL_DRAFTS_DELETE_OF_LOG, &no), &counts->of[PURGED_DRAFTS]));
    TRY(tx_delete_plain(tx, ASKS(SQL_OUTBOX_DELETE_OF_LOG, &id), &counts->of[PURGED_MAILS]));
    TRY(tx_delete(tx, ASKS(SQL_INBOX_DELETE_OF_LOG, &id), TABLE_INBOX, &counts->of[PURGED_NOTICES]));
    TRY(forget_requests(tx, &id, &counts->of[PURGED_REQUESTS]));
    TRY(tx_delete(tx, ASKS(SQL_TRANSFERS_DELETE_OF_LOG, &no), TABLE_TRANSFER, &counts->of[PURGED_TRANSFERS]));
    TRY(store_crossings_end_of_log(tx, log->no, &crossings));
    counts->of[PURGED_TRANSFERS] += crossings;
    TRY(tx_number(tx, SQL_INVITATIONS_COUNT_OF_LOG, &id, &invitations));
    counts->of[PURGED_INVITATIONS] = (uint32_t)invitations;
    TRY(store_invitations_end_of_log(tx, log->id));
    return tx_delete(tx, ASKS(SQL_SCOPE_DELETE, &id), TABLE_SCOPE_KEY, &counts->of[PURGED_KEYS]);
}

Err purge_counts_bytes(const PurgeCounts *counts, Arena *keep, Str *ret_bytes)
{
    Buf buf = buf_new(keep, 4 * PURGED_KINDS);

    for (size_t i = 0; i < PURGED_KINDS; i++)
        buf_add_u32(&buf, counts->of[i]);
    return buf_done(&buf, ret_bytes);
}

static Err bury(Tx *tx, const LogRow *log)
{
    static const Id nobody;
    static const Hash none;
    const Value parameters[] = {value_number(log->no), value_number(log->state), value_number(STATE_DELETED),
                                value_id(&nobody), value_bytes(STR_NONE)};

    TRY(tx_change_or(tx, SQL_LOG_BURY, parameters, E_STALE));
    tx_remember_log(tx, log->id, log->no);
    tx->standing_no = log->no;
    TRY(store_log_head_put(tx, log->no, &none));
    return log_touch(tx, &log->id);
}

Err store_log_purge(Tx *tx, const LogRow *log, PurgeCounts *ret_counts)
{
    const Value no = value_number(log->no);
    PurgeCounts counts = {0};

    if (!tx->writing || log->state == STATE_DELETED)
        return fail(E_INTERNAL);
    TRY(rights_end_of_log(tx, log->no));
    for (size_t i = 0; i < COUNT_OF(contents); i++)
        TRY(tx_delete_each(tx, ASKS(contents[i].list, &no), contents[i].remove, contents[i].table, &counts.of[contents[i].kind]));
    TRY(purge_around(tx, log, &counts));
    TRY(bury(tx, log));
    *ret_counts = counts;
    return ok();
}

Err store_places_of_log(Tx *tx, int64_t log_no, Arena *keep, ParticipantRows *ret_rows)
{
    const Value parameter = value_number(log_no);
    return TX_ROWS(tx, SQL_PLACES_OF_LOG, &parameter, &shape_participant_plain, keep, ret_rows);
}

/* ---- certificates ---- */

Err store_certificate_insert(Tx *tx, const CertificateRow *row)
{
    return tx_insert(tx, SQL_CERTIFICATE_INSERT, &shape_certificate, row, TABLE_CERTIFICATE);
}

Err store_certificate_update(Tx *tx, const CertificateRow *row)
{
    CertificateRow now, after = *row;

    Err found = store_certificate(tx, row->id, tx->scratch, &now);
    if (found.id == E_NOT_FOUND || (is_ok(found) && now.version != row->version))
        return fail(E_STALE);
    TRY(found);
    after.version++;
    return tx_replace(tx, SQL_CERTIFICATE_REPLACE, &shape_certificate, &after);
}

Err store_certificate(Tx *tx, Id deletion, Arena *keep, CertificateRow *ret_row)
{
    const Value parameter = value_id(&deletion);

    return tx_row(tx, ASKS(SQL_TRACK_CERTIFICATE, &parameter), &shape_certificate, keep, ret_row);
}

Err store_deletions_unconfirmed(Tx *tx, int64_t before, uint32_t max, Arena *keep, DeletionRows *ret_rows)
{
    const Value parameters[] = {value_number(max), value_number(before)};

    if (max < 1 || max > MAX)
        return fail(E_RANGE);
    return TX_ROWS(tx, SQL_DELETIONS_UNCONFIRMED, parameters, &shape_deletion, keep, ret_rows);
}

Err store_deletions_unsigned(Tx *tx, uint32_t max, Arena *keep, DeletionRows *ret_rows)
{
    const Value parameter = value_number(max);

    if (max < 1 || max > MAX)
        return fail(E_RANGE);
    return TX_ROWS(tx, SQL_DELETIONS_UNSIGNED, &parameter, &shape_deletion, keep, ret_rows);
}

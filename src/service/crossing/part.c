/* The part of a log that came from another municipality, or stayed when the log went to one.
 * Must not show it before its hash is found to be what was agreed.
 * Called by arrive.c, crossings.c, web and api. */
#include "service/crossing/part.h"

#include <string.h>

#include "crypto/hash.h"
#include "domain/input/media.h"
#include "domain/transfer.h"
#include "report/read.h"
#include "report/segment.h"
#include "service/log/enter.h"
#include "service/log/lived.h"
#include "service/log/rows.h"
#include "service/log/segment.h"
#include "service/report/gather.h"
#include "store/request/crossing.h"

#define HASH_TEXT (2 * HASH_BYTES)

static Err read_data(Str data, const Hash *hash, Arena *keep, Report *ret_report)
{
    ReportHash reckoned;

    TRY(report_read(data, keep, ret_report));
    TRY(report_segment_hash(&ret_report->entries, ret_report->entries.count, keep, &reckoned));
    const uint8_t *wanted = hash ? hash->bytes : ret_report->made.content.bytes;
    return memcmp(reckoned.bytes, wanted, HASH_BYTES) == 0 ? ok() : fail(E_FORGED);
}

Err crossing_part_read(Str content, const Hash *hash, Arena *keep, CrossingPart *ret_part)
{
    CrossingPart part = {0};
    ParcelContent read;

    TRY(parcel_content_read(content, &read));
    TRY(read_data(read.data, hash, keep, &part.report));
    if (part.report.documents.count != read.paper_count)
        return fail(E_MALFORMED);
    part.data = read.data;
    memcpy(part.papers, read.papers, sizeof part.papers);
    part.paper_count = read.paper_count;
    *ret_part = part;
    return ok();
}

/* ---- where it came ---- */

static Err text_of_hash(const uint8_t hash[static HASH_BYTES], Arena *keep, Str *ret_text)
{
    Buf text = buf_new(keep, HASH_TEXT);

    buf_add_hex(&text, str_from_bytes(hash, HASH_BYTES));
    return buf_done(&text, ret_text);
}

static Err open_part(const LogReader *reader, const LogEntered *entered, Id document, Str *ret_data)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    DocumentRow row = {0};

    TRY(store_read(reader->actor->store, &tx));
    TRY(store_document(tx, &entered->permit, document, reader->keep, &row));
    store_read_endp(&tx);
    return log_unseal_document(&entered->keys, row.id, row.sealed, reader->keep, ret_data);
}

/* The part whose bytes have this hash, of those that came. */
static Err data_of(const LogReader *reader, const LogEntered *entered, Str hash, Str *ret_data)
{
    const DocumentRows *rows = &entered->content.documents;

    for (uint32_t i = 0; i < rows->count; i++) {
        uint8_t reckoned[HASH_BYTES];
        Str data = STR_NONE, text = STR_NONE;
        if (rows->items[i].media != MEDIA_PART)
            continue;
        TRY(open_part(reader, entered, rows->items[i].id, &data));
        TRY(sha256(data, reckoned));
        TRY(text_of_hash(reckoned, reader->keep, &text));
        if (!str_equal(text, hash))
            continue;
        *ret_data = data;
        return ok();
    }
    return fail(E_FORGED);
}

static Err read_came(const LogReader *reader, const LogEntered *entered, const EntryRow *came, PartRead *part)
{
    Str data = STR_NONE;
    ReportHash hash;
    LogEntry entry;

    TRY(log_open_entry(&entered->keys, came, reader->keep, &entry));
    TRY(data_of(reader, entered, values_at(&entry.values, TRANSFER_CAME_PART), &data));
    TRY(report_read(data, reader->keep, &part->report));
    TRY(report_segment_hash(&part->report.entries, part->report.entries.count, reader->keep, &hash));
    TRY(text_of_hash(hash.bytes, reader->keep, &part->hash));
    part->came = true;
    part->place = values_at(&entry.values, TRANSFER_CAME_PLACE);
    return str_equal(part->hash, values_at(&entry.values, TRANSFER_CAME_HASH)) ? ok() : fail(E_FORGED);
}

/* ---- where it stayed ---- */

/* By what it went; NULL: it has not gone to another municipality. */
static const TransferRow *sent_by(const LogEntered *entered)
{
    const TransferRows *rows = &entered->standing.transfers;
    const TransferRow *row = entered->left ? entered->left : rows->count > 0 ? &rows->items[0] : NULL;

    return row && transfer_is_sent(row->step) ? row : NULL;
}

static Err crossing_row(const LogReader *reader, Id id, CrossingRow *ret_row)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reader->actor->store, &tx));
    return store_crossing(tx, id, reader->keep, ret_row);
}

/* What goes is what stood there when it was decided. */
static uint32_t count_of(const LogEntered *entered)
{
    const EntryRow *decision = log_lived_last(entered, KIND_TRANSFER_DECISION);
    uint32_t count = 0;

    while (decision && count < entered->content.entries.count && entered->content.entries.items[count].no < decision->no)
        count++;
    return count;
}

static Err reckon(const LogReader *reader, LogEntered *entered, const TransferRow *sent, PartRead *part)
{
    CrossingRow row = {0};
    ReportHash hash;

    TRY(crossing_row(reader, sent->id, &row));
    TRY(report_entries_open(entered, NULL, reader->keep, &part->report.entries));
    TRY(report_segment_hash(&part->report.entries, count_of(entered), reader->keep, &hash));
    TRY(text_of_hash(hash.bytes, reader->keep, &part->hash));
    part->place = row.place;
    return memcmp(hash.bytes, row.hash.bytes, HASH_BYTES) == 0 ? ok() : fail(E_FORGED);
}

/* ---- either ---- */

Err crossing_part_open(const LogReader *reader, Id log, Opening opening, PartRead *ret_part)
{
    const LogWish wish = {.log = log, .act = ACT_LOG_READ, .opening = opening, .purpose = PURPOSE_READ};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Why why = WHY_UNDECIDED;
    PartRead part = {0};

    TRY(log_enter(reader, &wish, &why, &entered));
    const EntryRow *came = log_lived_last(&entered, KIND_TRANSFER_CAME);
    const TransferRow *sent = sent_by(&entered);
    part.crossed = came || sent;
    if (sent)
        TRY(reckon(reader, &entered, sent, &part));
    else if (came)
        TRY(read_came(reader, &entered, came, &part));
    if (!policy_names_units(reader->actor->role, entered.ask.flags))
        part.place = STR_NONE;
    part.summary.id = log;
    part.summary.display = entered.content.log.display;
    TRY(log_read_line(reader->actor, &entered, reader->keep, part.report.entries.count));
    *ret_part = part;
    return ok();
}

/* What goes to another municipality: everything that stands in the log, and of its people no more than is needed there.
 * Must not take a paper that was signed for this municipality, nor where a guardian is reached who did not say yes.
 * Called by transfer_decide. */
#include "service/acts/transfer/crossing.h"

#include <string.h>

#include "keys/scopes.h"
#include "parcel/content.h"
#include "report/read.h"
#include "report/segment.h"
#include "report/write.h"
#include "service/acts/guardian_rows.h"
#include "service/acts/transfer/coming.h"
#include "service/report/gather.h"
#include "service/seal.h"
#include "service/session/files.h"
#include "service/session/memory.h"

#define MAKING_ARENA ((size_t)256 << 20)
#define HASH_TEXT (2 * HASH_BYTES)

static Err row_of(const Actor *actor, Id transfer, Arena *keep, CrossingRow *ret_row)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    CrossingRow row = {0};

    TRY(store_read(actor->store, &tx));
    Err found = store_crossing(tx, transfer, keep, &row);
    if (found.id != E_NOT_FOUND)
        TRY(found);
    *ret_row = row;
    return ok();
}

Err crossing_of(const Deed *deed, Id transfer, CrossingRow *ret_row)
{
    return row_of(deed->actor, transfer, deed->scratch, ret_row);
}

Err crossing_place(const Actor *actor, Id transfer, Arena *keep, Str *ret_place)
{
    CrossingRow row;

    TRY(row_of(actor, transfer, keep, &row));
    *ret_place = row.place;
    return ok();
}

/* ---- what goes ---- */

static const HandshakeYes *said_by(const Handshake *handshake, Id giver)
{
    for (uint32_t i = 0; i < handshake->yeses.count; i++)
        if (id_equal(handshake->said[i].giver, giver))
            return &handshake->said[i];
    return NULL;
}

/* One log on its way into one file. */
typedef struct Gathering {
    const Deed *deed;
    LogEntered *entered;
    const Handshake *handshake;
    Arena *arena;
} Gathering;

/* Names stand with what they have written; where somebody is reached goes with their own yes. */
static void trim_people(const Handshake *handshake, ReportPeople *people)
{
    for (uint32_t i = 0; i < people->count; i++) {
        ReportPerson *person = &people->items[i];
        Values only = {.kind = person->values.kind};
        if (person->role != ROLE_GUARDIAN || said_by(handshake, person->id))
            continue;
        values_put(&only, GUARDIAN_NAME, values_at(&person->values, GUARDIAN_NAME));
        person->values = only;
    }
}

/* Those of whoever said yes: their days go on. In the order of the log's own. */
static void trim_consents(const Gathering *gathering, ReportConsents *consents)
{
    const Consents *own = &gathering->entered->consents;
    uint32_t count = 0;

    for (uint32_t i = 0; i < consents->count; i++) {
        ReportConsent consent = consents->items[i];
        if (!said_by(gathering->handshake, consent.participant) || !consents_stands(own, i, gathering->deed->actor->now))
            continue;
        consent.units.count = 0;
        consent.document = (Id){0};
        consents->items[count++] = consent;
    }
    consents->count = count;
}

static Err hash_of(Str bytes, Arena *keep, Str *ret_text)
{
    Buf text = buf_new(keep, HASH_TEXT);
    uint8_t hash[HASH_BYTES];

    TRY(sha256(bytes, hash));
    buf_add_hex(&text, str_from_bytes(hash, HASH_BYTES));
    return buf_done(&text, ret_text);
}

static bool was_signed(const Handshake *handshake, Str hash)
{
    for (uint32_t i = 0; i < handshake->yeses.count; i++)
        if (str_equal(values_at(&handshake->said[i].values, TRANSFER_YES_DOCUMENT_HASH), hash))
            return true;
    return false;
}

/* The papers on which somebody said yes to this transfer. */
static Err take_papers(const Handshake *handshake, Gathered *gathered, Arena *arena, ParcelContent *content)
{
    ReportDocuments *documents = &gathered->report.documents;
    uint32_t count = 0;

    for (uint32_t i = 0; i < documents->count; i++) {
        Str hash = STR_NONE;
        TRY(hash_of(gathered->documents[i], arena, &hash));
        if (!was_signed(handshake, hash))
            continue;
        if (count == PARCEL_PAPERS_MAX)
            return fail(E_TOO_LARGE);
        ReportDocument document = documents->items[i];
        document.size = (int64_t)gathered->documents[i].length;
        document.file = hash;
        TRY(sha256(gathered->documents[i], document.sha256.bytes));
        content->papers[count] = gathered->documents[i];
        documents->items[count++] = document;
    }
    documents->count = content->paper_count = count;
    return ok();
}

/* As the other municipality will read it: what makes no log there is not decided. */
static Err judge(const Gathering *gathering, Str data)
{
    const Deed *deed = gathering->deed;
    Report report;

    TRY(report_read(data, gathering->arena, &report));
    return coming_judge(deed->service, &report, deed->actor->now, gathering->arena);
}

static Err gather(const Gathering *gathering, CrossingRow *row, Str *ret_bytes)
{
    const LogReader reader = {gathering->deed->service, gathering->deed->actor, gathering->arena};
    const Handshake *handshake = gathering->handshake;
    Arena *arena = gathering->arena;
    ParcelContent content = {0};
    Gathered gathered = {0};

    TRY(report_gather(&reader, gathering->entered, NULL, &gathered));
    Report *report = &gathered.report;
    trim_people(handshake, &report->people);
    trim_consents(gathering, &report->consents);
    TRY(take_papers(handshake, &gathered, arena, &content));
    TRY(report_segment_hash(&report->entries, report->entries.count, arena, &report->made.content));
    memcpy(row->hash.bytes, report->made.content.bytes, HASH_BYTES);
    report->made.report = row->id;
    report->made.language = STR("nb");
    TRY(report_write(report, arena, &content.data));
    if (content.data.length > CROSSING_DATA_MAX)
        return fail(E_TOO_LARGE);
    TRY(judge(gathering, content.data));
    return parcel_content_write(&content, arena, ret_bytes);
}

/* ---- what is put ---- */

typedef struct Deciding {
    CrossingRow row;
    TransferRow transfer;
    WrappedKey wrapped;
    bool again; /* it was decided before: what was sealed then is gone with its key */
} Deciding;

static Err put(Tx *tx, void *self)
{
    Deciding *deciding = self;
    const ScopeKeyRow scope = scope_row(SCOPE_TRANSFER, deciding->row.id, &deciding->wrapped, 1);

    if (deciding->again)
        TRY(store_scope_delete(tx, deciding->row.id));
    TRY(store_scope_insert(tx, &scope));
    TRY(store_crossing_update(tx, &deciding->row));
    return store_transfer_update(tx, &deciding->transfer);
}

static Err seal(const Deed *deed, Str bytes, Deciding *deciding)
{
    const Id id = deciding->row.id;
    AUTO(key_wipe) Key key = {0};

    TRY(keys_scope_new(deed->service->keys, actor_key(deed->actor, PURPOSE_TRANSFER, SCOPE_TRANSFER, id),
                       indexed_by(INDEX_NONE, STR_NONE), &deciding->wrapped, &key));
    const OpenScope scope = {deed->service, deed->actor->tenant, &key};
    return scoped_seal(&scope, CROSSING_PLACE(id), bytes, deed->scratch, &deciding->row.sealed);
}

static Err make(const Deed *deed, LogEntered *entered, const Handshake *handshake, Deciding *deciding)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str bytes = STR_NONE;

    TRY(arena_new(MAKING_ARENA, &arena));
    TRY(gather(&(Gathering){deed, entered, handshake, arena}, &deciding->row, &bytes));
    return seal(deed, bytes, deciding);
}

/* Gathering a log takes a thread and much memory for a while: few are gathered at once. */
static Err make_in_turn(const Deed *deed, const LogEntered *entered, const Handshake *handshake, Deciding *deciding)
{
    LogEntered opened = *entered; /* its keys are set up for many here */
    Files *files = deed->service->sessions ? sessions_files(deed->service->sessions) : NULL;

    if (files)
        TRY(files_begin(files, &deed->actor->session, deed->actor->now));
    Err made = make(deed, &opened, handshake, deciding);
    if (files)
        files_end(files);
    if (opened.keys.entries != entered->keys.entries)
        opener_free(opened.keys.entries);
    return made;
}

/* The entry that ends the part is sealed by whoever decides: when the log is given up nobody of its municipality is there. */
static Err seal_done(const Deed *deed, const LogEntered *entered, CrossingRow *row)
{
    Values values = {.kind = kind_of(KIND_TRANSFER_DONE)};
    Buf hash = buf_new(deed->scratch, HASH_TEXT), done = buf_new(deed->scratch, 65536);
    Str from = STR_NONE, text = STR_NONE, sealed = STR_NONE;
    Id id;

    TRY(log_id_text(entered->content.log.unit, deed->scratch, &from));
    buf_add_hex(&hash, str_from_bytes(row->hash.bytes, HASH_BYTES));
    TRY(buf_done(&hash, &text));
    values_put(&values, TRANSFER_DONE_FROM, from);
    values_put(&values, TRANSFER_DONE_HASH, text);
    values_put(&values, TRANSFER_DONE_PLACE, row->place);
    TRY(world_id(deed->service->world, &id));
    TRY(log_seal(&entered->keys, (LogPlace){SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, id, 1}, &values, deed->scratch, &sealed));
    buf_add_bytes(&done, id.bytes, ID_BYTES);
    buf_add(&done, sealed);
    return buf_done(&done, &row->done);
}

Err crossing_decide(const Deed *deed, const LogEntered *entered, const Handshake *handshake, const CrossingRow *row, LogChange *change)
{
    Deciding *deciding = NULL;

    TRY(ARENA_NEW(deed->scratch, Deciding, 1, &deciding));
    *deciding = (Deciding){.row = *row, .transfer = handshake->row, .again = row->sealed.length > 0};
    TRY(make_in_turn(deed, entered, handshake, deciding));
    TRY(seal_done(deed, entered, &deciding->row));
    deciding->row.decided_by = deed->actor->person;
    deciding->row.step = row->step == CROSSING_PROPOSED ? CROSSING_READY : row->step;
    deciding->transfer.step = TRANSFER_DECIDED;
    change->put = put;
    change->self = deciding;
    change->quiet = true;
    change->erases = deciding->again;
    return ok();
}

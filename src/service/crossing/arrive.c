/* The log that another municipality makes of what came.
 * Must not be made twice: the row of this crossing goes on in the same work.
 * Called by crossings.c. */
#include "service/crossing/arrive.h"

#include <string.h>

#include "crypto/hash.h"
#include "domain/input/media.h"
#include "domain/transfer.h"
#include "service/acts/transfer/coming.h"
#include "store/inbox.h"

#define HASH_TEXT (2 * HASH_BYTES)

/* What the work puts besides. */
typedef struct Landing {
    Service *service;
    const Actor *taker;
    const Arriving *arriving;
    DocumentRow documents[PARCEL_PAPERS_MAX + 1];
    uint32_t document_count;
    EntryRow came;
    InboxRow told;
    CrossingRow row;
    int64_t log_no;
} Landing;

/* ---- sealed under the new log's keys ---- */

static Err text_of_hash(const uint8_t hash[static HASH_BYTES], Arena *keep, Str *ret_text)
{
    Buf text = buf_new(keep, HASH_TEXT);

    buf_add_hex(&text, str_from_bytes(hash, HASH_BYTES));
    return buf_done(&text, ret_text);
}

static Err add_document(Landing *landing, const LogKeys *keys, Str bytes, uint8_t media, Arena *keep)
{
    DocumentRow *row = &landing->documents[landing->document_count];

    TRY(world_id(landing->service->world, &row->id));
    row->media = media;
    TRY(log_seal_document(keys, row->id, bytes, keep, &row->sealed));
    landing->document_count++;
    return ok();
}

static Err seal_came(Landing *landing, const LogKeys *keys, Arena *keep)
{
    const Actor *taker = landing->taker;
    Values values = {.kind = kind_of(KIND_TRANSFER_CAME)};
    EntryRow *row = &landing->came;
    uint8_t part[HASH_BYTES];
    Str text = STR_NONE;

    TRY(text_of_hash(landing->arriving->left->hash.bytes, keep, &text));
    values_put(&values, TRANSFER_CAME_HASH, text);
    TRY(sha256(landing->arriving->part->data, part));
    TRY(text_of_hash(part, keep, &text));
    values_put(&values, TRANSFER_CAME_PART, text);
    values_put(&values, TRANSFER_CAME_PLACE, landing->arriving->row->place);
    TRY(world_id(landing->service->world, &row->id));
    row->kind = KIND_TRANSFER_CAME;
    row->entry = row->id;
    row->version = 1;
    row->author = taker->person;
    row->author_role = (uint8_t)taker->role;
    row->author_unit = taker->unit;
    row->at = taker->now;
    return log_seal(keys, (LogPlace){SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, 1}, &values, keep, &row->sealed);
}

static Err seal(void *self, const LogKeys *keys, Arena *keep)
{
    Landing *landing = self;
    const CrossingPart *part = landing->arriving->part;

    landing->document_count = 0;
    TRY(add_document(landing, keys, part->data, MEDIA_PART, keep));
    for (uint32_t i = 0; i < part->paper_count; i++)
        TRY(add_document(landing, keys, part->papers[i], (uint8_t)part->report.documents.items[i].media, keep));
    return seal_came(landing, keys, keep);
}

static Err put(Tx *tx, void *self)
{
    Landing *landing = self;
    int64_t no = 0;

    landing->came.log_no = landing->log_no;
    TRY(store_entry_append(tx, &landing->came, &no));
    for (uint32_t i = 0; i < landing->document_count; i++) {
        landing->documents[i].log_no = landing->log_no;
        TRY(store_document_insert(tx, &landing->documents[i]));
    }
    TRY(store_crossing_update(tx, &landing->row));
    return store_inbox_tell(tx, &(InboxRows){&landing->told, 1}, NULL);
}

/* ---- all of it ---- */

#define ID_LABEL "the log that a transfer makes"

/* It follows from the transfer and from what came, so that the same never makes two, whatever the rows say that were put back. Nobody
 * reckons it who has not read the log: an id is no hint. */
static Err id_of(const Arriving *arriving, Id *ret_id)
{
    uint8_t bytes[ID_BYTES + HASH_BYTES + sizeof ID_LABEL], hash[HASH_BYTES];

    memcpy(bytes, arriving->row->id.bytes, ID_BYTES);
    TRY(sha256(arriving->part->data, bytes + ID_BYTES));
    memcpy(bytes + ID_BYTES + HASH_BYTES, ID_LABEL, sizeof ID_LABEL);
    TRY(sha256(str_from_bytes(bytes, sizeof bytes), hash));
    memcpy(ret_id->bytes, hash, ID_BYTES);
    return ok();
}

static Err begin(Service *service, const Actor *taker, const Arriving *arriving, Landing *landing)
{
    *landing = (Landing){.service = service, .taker = taker, .arriving = arriving, .row = *arriving->row};
    landing->row.step = CROSSING_DONE;
    landing->row.hash = arriving->left->hash;
    landing->row.taken_at = arriving->left->taken_at;
    landing->row.taken_by = arriving->left->taken_by;
    landing->row.holder = arriving->left->holder;
    landing->told = (InboxRow){.person = arriving->holder, .event = NOTICE_BATON_PASSED, .at = taker->now,
                               .mailed = notice_is_mailed(NOTICE_BATON_PASSED)};
    return world_id(service->world, &landing->told.id);
}

Err crossing_arrive(Service *service, const Actor *taker, const Arriving *arriving, Id *ret_log)
{
    const Report *report = &arriving->part->report;
    AUTO(arena_freep) Arena *keep = NULL;
    Actor maker = *taker;
    Landing landing;
    CreatedLog created;
    Coming coming;

    if (arriving->row->step != CROSSING_ASKED && arriving->row->step != CROSSING_LEFT)
        return fail(E_STALE);
    TRY(arena_new((size_t)128 << 20, &keep));
    TRY(begin(service, taker, arriving, &landing));
    const NewLogComes comes = {.holder = arriving->holder, .state = (uint8_t)report->log.state,
                               .closed_reason = (uint8_t)report->log.closed_reason, .ret_no = &landing.log_no, .seal = seal};
    TRY(coming_of(report, keep, &coming));
    const NewLog log = {.child = coming.child, .guardians = coming.guardians, .guardian_count = coming.guardian_count, .put = put,
                        .self = &landing, .comes = &comes};
    TRY(id_of(arriving, &maker.makes));
    landing.row.log = landing.told.object = maker.makes;
    TRY(log_create(service, &maker, &log, keep, &created));
    *ret_log = created.log;
    return ok();
}

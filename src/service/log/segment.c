/* The part of a log that a unit wrote before it gave the log away.
 * Must not show a former unit anything that was written afterwards.
 * Called by enter.c, reading and acts. */
#include "service/log/segment.h"

#include <string.h>

#include "crypto/hash.h"
#include "domain/period.h"
#include "service/log/ask.h"
#include "service/log/consents.h"
#include "service/log/lived.h"
#include "service/log/rows.h"

int64_t log_frozen_before(const LogEntered *entered)
{
    const EntryRow *done = log_lived_last(entered, KIND_TRANSFER_DONE);

    return done ? done->no : 0;
}

bool log_is_frozen(const LogEntered *entered, const LogVersions *entry)
{
    return entry->first->kind != KIND_CHILD && entry->first->no < log_frozen_before(entered);
}

/* As the store numbers them: that of the log, and a sequence of its own (store/rows.h). */
#define SEQUENCE_BITS 24

int64_t log_segment_end(const LogRow *log)
{
    return (log->no << SEQUENCE_BITS) + log->next_seq;
}

Err log_segment_hash(const LogContent *content, uint32_t count, Hash *ret_hash)
{
    const RowMark *marks = content->marks.entries.items;
    AUTO(sha256_freep) Sha256 *sha = NULL;

    if (count > content->marks.entries.count)
        return fail(E_INTERNAL);
    TRY(sha256_new(&sha));
    for (uint32_t i = 0; i < count; i++)
        TRY(sha256_add(sha, str_from_bytes(marks[i].digest.bytes, HASH_BYTES)));
    return sha256_done(sha, ret_hash->bytes);
}

/* ---- what a former unit reads ---- */

/* Everything before the entry that ended it. */
static Err cut_entries(const TransferRow *left, LogContent *content)
{
    EntryRows *entries = &content->entries;
    uint32_t count = 0;
    Hash hash;

    while (count < entries->count && entries->items[count].no < left->segment)
        count++;
    if (count == entries->count || entries->items[count].no != left->segment || entries->items[count].kind != KIND_TRANSFER_DONE)
        return fail(E_FORGED);
    TRY(log_segment_hash(content, count, &hash));
    if (memcmp(&hash, &left->hash, sizeof hash) != 0)
        return fail(E_FORGED);
    entries->count = count;
    return ok();
}

/* Who took part until then; an end that came later is none. */
static Err cut_people(const TransferRow *left, Arena *keep, ParticipantRows *people)
{
    ParticipantRow *items = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(keep, ParticipantRow, (size_t)people->count + 1, &items));
    for (uint32_t i = 0; i < people->count; i++) {
        if (!period_has_begun(PERIOD_OF(&people->items[i]), left->ended_at - 1))
            continue;
        items[count] = people->items[i];
        if (!period_has_ended(PERIOD_OF(&items[count]), left->ended_at))
            items[count].to_at = 0;
        count++;
    }
    *people = (ParticipantRows){items, count};
    return ok();
}

static Err open_child(LogEntered *entered, Arena *keep)
{
    for (uint32_t i = entered->content.entries.count; i-- > 0;) {
        const EntryRow *row = &entered->content.entries.items[i];
        const LogPlace place = {SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, row->version};
        if (row->kind == KIND_CHILD)
            return log_unseal(&entered->keys, (LogSealed){place, KIND_CHILD, row->sealed}, keep, &entered->child);
    }
    return fail(E_FORGED);
}

/* Consents are the family's, and go with the log; so do who has been there, and what somebody is typing. */
Err log_segment_narrow(LogEntered *entered, const Actor *actor, Arena *keep)
{
    const TransferRow *left = log_transfer_left(&entered->standing, actor);
    LogContent *content = &entered->content;

    if (!left)
        return fail(E_INTERNAL);
    TRY(cut_entries(left, content));
    TRY(cut_people(left, keep, &content->participants));
    content->consents.count = 0;
    content->consent_units.count = 0;
    content->documents.count = 0;
    content->log.state = STATE_ACTIVE;
    content->log.flags = 0;
    content->log.holder = (Id){0};
    entered->standing.unheld_since = 0;
    entered->beside.seen.count = 0;
    entered->beside.drafts = 0;
    entered->left = left;
    TRY(log_newest_make(&content->entries, keep, &entered->newest));
    TRY(open_child(entered, keep));
    return log_consents(&content->consents, &content->consent_units, &content->participants, keep, &entered->consents);
}

Err log_segment_header(const LogEntered *entered, Arena *keep, Values *ret_header)
{
    Values header = {.kind = kind_of(KIND_HEADER)};
    LogEntry entry;

    values_put(&header, HEADER_CHILD_NAME, values_at(&entered->child, CHILD_NAME));
    for (uint32_t i = entered->newest.count; i-- > 0;) {
        const LogVersions *one = &entered->newest.items[i];
        if (one->first->kind != KIND_LEVEL || one->newest->removed)
            continue;
        TRY(log_open_entry(&entered->keys, one->newest, keep, &entry));
        values_put(&header, HEADER_LEVEL, values_at(&entry.values, LEVEL_LEVEL));
        break;
    }
    *ret_header = header;
    return ok();
}

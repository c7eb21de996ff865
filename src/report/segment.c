/* The part of a log that goes to another municipality, as one hash over what was written.
 * Must not leave out a version.
 * Called by service/crossing and service/acts/transfer. */
#include "report/segment.h"

#define LABEL STR("stafettlogg-segment-1")
#define ENTRY_MAX ((size_t)1 << 20)

static void add_id(Buf *buf, Id id)
{
    buf_add_bytes(buf, id.bytes, ID_BYTES);
}

static void add_text(Buf *buf, Str text)
{
    buf_add_u32(buf, (uint32_t)text.length);
    buf_add(buf, text);
}

/* Each field has one width, or its length before it. */
static Err add_entry(Sha256 *sha, const ReportEntry *entry, Arena *scratch)
{
    Buf values = buf_new(scratch, ENTRY_MAX), buf = buf_new(scratch, ENTRY_MAX);
    Str text = STR_NONE, whole = STR_NONE;

    values_encode(&values, &entry->values);
    TRY(buf_done(&values, &text));
    add_id(&buf, entry->id);
    add_id(&buf, entry->entry);
    add_id(&buf, entry->supersedes);
    buf_add_u32(&buf, (uint32_t)entry->version);
    buf_add_u16(&buf, (uint16_t)entry->values.kind->id);
    add_id(&buf, entry->author);
    buf_add_u8(&buf, (uint8_t)entry->author_role);
    add_id(&buf, entry->author_unit);
    buf_add_u64(&buf, (uint64_t)entry->at);
    buf_add_u64(&buf, (uint64_t)entry->due);
    buf_add_u8(&buf, entry->removed ? 1 : 0);
    add_text(&buf, entry->reason);
    add_text(&buf, entry->removed ? STR_NONE : text);
    TRY(buf_done(&buf, &whole));
    return sha256_add(sha, whole);
}

Err report_segment_hash(const ReportEntries *entries, uint32_t count, Arena *scratch, ReportHash *ret_hash)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;

    if (count > entries->count)
        return fail(E_RANGE);
    TRY(sha256_new(&sha));
    TRY(sha256_add(sha, LABEL));
    for (uint32_t i = 0; i < count; i++) {
        const size_t mark = arena_mark(scratch);
        TRY(add_entry(sha, &entries->items[i], scratch));
        arena_rewind(scratch, mark);
    }
    return sha256_done(sha, ret_hash->bytes);
}

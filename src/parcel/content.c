/* What a parcel holds, opened: data and papers, each behind its length. Pure.
 * Must not take what it would have written differently.
 * Called by service/crossing and service/acts/transfer, and by fuzzing. */
#include "parcel/content.h"

#include "parcel/parcel.h"

Err parcel_content_write(const ParcelContent *content, Arena *keep, Str *ret_bytes)
{
    Buf buf = buf_new(keep, PARCEL_CONTENT_MAX);
    size_t total = 8 + content->data.length + 1;

    if (content->paper_count > PARCEL_PAPERS_MAX)
        return fail(E_TOO_LARGE);
    for (uint32_t i = 0; i < content->paper_count; i++)
        total += 8 + content->papers[i].length;
    buf_reserve(&buf, total);
    buf_add_u64(&buf, content->data.length);
    buf_add(&buf, content->data);
    buf_add_u8(&buf, (uint8_t)content->paper_count);
    for (uint32_t i = 0; i < content->paper_count; i++) {
        buf_add_u64(&buf, content->papers[i].length);
        buf_add(&buf, content->papers[i]);
    }
    return buf_done(&buf, ret_bytes);
}

static Str read_piece(Cursor *cursor)
{
    const uint64_t length = cursor_u64(cursor);

    if (length <= PARCEL_CONTENT_MAX)
        return cursor_bytes(cursor, (size_t)length);
    cursor->failed = true;
    return STR_NONE;
}

Err parcel_content_read(Str bytes, ParcelContent *ret_content)
{
    Cursor cursor = cursor_new(bytes);
    ParcelContent content = {.data = read_piece(&cursor)};

    content.paper_count = cursor_u8(&cursor);
    if (cursor.failed || content.paper_count > PARCEL_PAPERS_MAX)
        return fail(E_MALFORMED);
    for (uint32_t i = 0; i < content.paper_count; i++)
        content.papers[i] = read_piece(&cursor);
    if (!is_ok(cursor_done(&cursor)))
        return fail(E_MALFORMED);
    *ret_content = content;
    return ok();
}

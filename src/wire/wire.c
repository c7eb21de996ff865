/* Sizes and headers of the agent's messages, from one table.
 * Must not accept a packet of any other size than its type has.
 * Called from keys and keyd. */
#include "wire/wire.h"

#include <string.h>

typedef struct MessageSize {
    size_t request;
    size_t reply;
} MessageSize;

#define X(name, number, request_size, reply_size) \
    [number] = {.request = WIRE_HEADER + (request_size), .reply = WIRE_HEADER + (reply_size)},
static const MessageSize sizes[] = {MESSAGES(X)};
#undef X

size_t wire_request_size(uint8_t type)
{
    return type < COUNT_OF(sizes) ? sizes[type].request : 0;
}

size_t wire_reply_size(uint8_t type)
{
    return type < COUNT_OF(sizes) ? sizes[type].reply : 0;
}

void wire_begin(Buf *buf, MessageType type, enum err_id error)
{
    buf_add_u8(buf, WIRE_VERSION);
    buf_add_u8(buf, (uint8_t)type);
    buf_add_u8(buf, (uint8_t)error);
    buf_add_u8(buf, 0);
}

Err wire_request(Str packet, uint8_t *ret_type, Cursor *ret_body)
{
    Cursor cursor = cursor_new(packet);
    uint8_t version = cursor_u8(&cursor);
    uint8_t type = cursor_u8(&cursor);
    uint16_t zero = cursor_u16(&cursor);

    if (cursor.failed)
        return fail(E_TRUNCATED);
    if (version != WIRE_VERSION || zero || wire_request_size(type) == 0)
        return fail(E_MALFORMED);
    if (packet.length != wire_request_size(type))
        return fail(packet.length < wire_request_size(type) ? E_TRUNCATED : E_MALFORMED);
    *ret_type = type;
    *ret_body = cursor;
    return ok();
}

Err wire_reply(Str packet, MessageType type, Cursor *ret_body)
{
    Cursor cursor = cursor_new(packet);
    uint8_t version = cursor_u8(&cursor);
    uint8_t replied = cursor_u8(&cursor);
    uint8_t error = cursor_u8(&cursor);
    uint8_t zero = cursor_u8(&cursor);

    if (cursor.failed)
        return fail(E_TRUNCATED);
    if (version != WIRE_VERSION || replied != type || zero || error >= E_COUNT)
        return fail(E_MALFORMED);
    if (packet.length != (error ? WIRE_HEADER : wire_reply_size((uint8_t)type)))
        return fail(E_MALFORMED);
    if (error)
        return fail((enum err_id)error);
    *ret_body = cursor;
    return ok();
}

void wire_add_wrapped(Buf *buf, const WrappedKey *wrapped)
{
    buf_add_bytes(buf, wrapped->bytes, WRAPPED_BYTES);
    buf_add_u32(buf, wrapped->epoch);
    buf_add_u8(buf, wrapped->has_index);
    buf_add_bytes(buf, wrapped->index, INDEX_BYTES);
    buf_add_bytes(buf, wrapped->former, INDEX_BYTES);
}

void wire_read_wrapped(Cursor *cursor, WrappedKey *ret_wrapped)
{
    cursor_copy(cursor, ret_wrapped->bytes, WRAPPED_BYTES);
    ret_wrapped->epoch = cursor_u32(cursor);
    ret_wrapped->has_index = cursor_u8(cursor) != 0;
    cursor_copy(cursor, ret_wrapped->index, INDEX_BYTES);
    cursor_copy(cursor, ret_wrapped->former, INDEX_BYTES);
}

void wire_add_text(Buf *buf, Str text, size_t room)
{
    if (text.length > room || text.length > UINT8_MAX) {
        buf->overflow = true;
        return;
    }
    buf_add_u8(buf, (uint8_t)text.length);
    buf_add(buf, text);
    buf_add_zeros(buf, room - text.length);
}

Err wire_read_text(Cursor *cursor, size_t room, Str *ret_text)
{
    size_t length = cursor_u8(cursor);
    Str field = cursor_bytes(cursor, room);
    if (cursor->failed || length > room)
        return fail(E_MALFORMED);
    for (size_t i = length; i < room; i++)
        if (field.data[i])
            return fail(E_MALFORMED);
    *ret_text = str_slice(field, 0, length);
    return ok();
}

void journal_record_write(Buf *buf, const JournalRecord *record)
{
    buf_add_u64(buf, record->seq);
    buf_add_u64(buf, (uint64_t)record->at);
    buf_add_u8(buf, record->event);
    buf_add_u8(buf, record->error);
    buf_add_bytes(buf, record->subject.bytes, ID_BYTES);
    buf_add_bytes(buf, record->hash, sizeof record->hash);
}

void journal_record_read(Cursor *cursor, JournalRecord *ret_record)
{
    ret_record->seq = cursor_u64(cursor);
    ret_record->at = (int64_t)cursor_u64(cursor);
    ret_record->event = cursor_u8(cursor);
    ret_record->error = cursor_u8(cursor);
    cursor_copy(cursor, ret_record->subject.bytes, ID_BYTES);
    cursor_copy(cursor, ret_record->hash, sizeof ret_record->hash);
}

static uint8_t *put_u64(uint8_t *to, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        *to++ = (uint8_t)(number >> (56 - 8 * i));
    return to;
}

void audit_head_encode(const AuditHead *head, uint8_t ret_bytes[static AUDIT_HEAD_BYTES])
{
    static const char label[] = "stafettlogg-head-1";
    uint8_t *to = ret_bytes;
    memcpy(to, label, sizeof label - 1);
    to += sizeof label - 1;
    memcpy(to, head->tenant.bytes, ID_BYTES);
    memcpy(to + ID_BYTES, head->database.bytes, ID_BYTES);
    to = put_u64(to + 2 * ID_BYTES, head->size);
    memcpy(to, head->root, sizeof head->root);
    put_u64(to + sizeof head->root, (uint64_t)head->at);
}

void fact_associated(FactPlace place, uint8_t ret_bytes[static FACT_ASSOCIATED_BYTES])
{
    static const char label[] = "stafettlogg-fact-1";
    uint8_t *to = ret_bytes;

    memcpy(to, label, sizeof label - 1);
    to += sizeof label - 1;
    *to++ = (uint8_t)place.mode;
    memcpy(to, place.tenant.bytes, ID_BYTES);
    memcpy(to + ID_BYTES, place.found.bytes, ID_BYTES);
}

void signed_document_encode(const SignedDocument *document, uint8_t ret_bytes[static DOCUMENT_BYTES])
{
    static const char label[] = "stafettlogg-document-1";
    uint8_t *to = ret_bytes;
    memcpy(to, label, sizeof label - 1);
    to += sizeof label - 1;
    *to++ = (uint8_t)document->kind;
    memcpy(to, document->tenant.bytes, ID_BYTES);
    memcpy(to + ID_BYTES, document->sha256, sizeof document->sha256);
}

/* The parcel in which a log goes to another municipality: signed by the sender, sealed to the recipient. Pure.
 * Must not take a byte that it would not have written.
 * Called by service/crossing, cli and fuzzing. */
#include "parcel/parcel.h"

#include <assert.h>

#define MAGIC STR("stafettlogg-parcel-1\n")
#define MAGIC_BYTES 21

static_assert(MAGIC_BYTES + 1 + 4 * ID_BYTES + 8 + 2 * PUBLIC_KEY_BYTES == PARCEL_HEAD_BYTES, "docs/formats.md");
static_assert(KEY_BYTES + BOX_OVERHEAD == PARCEL_BOX_BYTES, "wire/wire.h");

static void write_head(const ParcelHead *head, Buf *buf)
{
    buf_add(buf, MAGIC);
    buf_add_u8(buf, (uint8_t)head->mode);
    buf_add_bytes(buf, head->transfer.bytes, ID_BYTES);
    buf_add_bytes(buf, head->from.bytes, ID_BYTES);
    buf_add_bytes(buf, head->to.bytes, ID_BYTES);
    buf_add_bytes(buf, head->unit.bytes, ID_BYTES);
    buf_add_u64(buf, (uint64_t)head->made_at);
    buf_add_bytes(buf, head->sender, PUBLIC_KEY_BYTES);
    buf_add_bytes(buf, head->recipient, PUBLIC_KEY_BYTES);
}

Err parcel_close(const Crypto *crypto, const ParcelHead *head, Str content, Arena *keep, Str *ret_body)
{
    const size_t length = content.length + WRAP_OVERHEAD;
    Buf buf = buf_new(keep, PARCEL_HEAD_BYTES + PARCEL_BOX_BYTES + 8 + length);
    uint8_t box[PARCEL_BOX_BYTES];
    AUTO(key_wipe) Key key = {0};
    char *sealed = NULL;

    if (content.length > PARCEL_CONTENT_MAX)
        return fail(E_TOO_LARGE);
    buf_reserve(&buf, PARCEL_HEAD_BYTES + PARCEL_BOX_BYTES + 8 + length);
    write_head(head, &buf);
    const Str associated = str_from_bytes(buf.data, buf.length);
    TRY(crypto_key_new(crypto, &key));
    TRY(box_seal(crypto, head->recipient, associated, str_from_bytes(key.bytes, KEY_BYTES), box));
    TRY(arena_alloc_bytes(keep, length, &sealed));
    TRY(crypto_wrap(crypto, &key, associated, content, sealed));
    buf_add_bytes(&buf, box, sizeof box);
    buf_add_u64(&buf, length);
    buf_add_bytes(&buf, sealed, length);
    return buf_done(&buf, ret_body);
}

Err parcel_document(const ParcelHead *head, Str body, SignedDocument *ret_document)
{
    *ret_document = (SignedDocument){.tenant = head->from, .kind = DOCUMENT_TRANSFER};
    return sha256(body, ret_document->sha256);
}

Err parcel_finish(Str body, const uint8_t signature[static SIGNATURE_BYTES], Arena *keep, Str *ret_file)
{
    Buf buf = buf_new(keep, body.length + SIGNATURE_BYTES);

    buf_reserve(&buf, body.length + SIGNATURE_BYTES);
    buf_add(&buf, body);
    buf_add_bytes(&buf, signature, SIGNATURE_BYTES);
    return buf_done(&buf, ret_file);
}

static Id read_id(Cursor *cursor)
{
    Id id = {{0}};

    cursor_copy(cursor, id.bytes, ID_BYTES);
    return id;
}

static Err read_head(Cursor *cursor, ParcelHead *head)
{
    const Str magic = cursor_bytes(cursor, MAGIC_BYTES);
    const uint8_t mode = cursor_u8(cursor);

    head->mode = (Mode)mode;
    head->transfer = read_id(cursor);
    head->from = read_id(cursor);
    head->to = read_id(cursor);
    head->unit = read_id(cursor);
    head->made_at = (int64_t)cursor_u64(cursor);
    cursor_copy(cursor, head->sender, PUBLIC_KEY_BYTES);
    cursor_copy(cursor, head->recipient, PUBLIC_KEY_BYTES);
    bool known = mode == MODE_PRODUCTION || mode == MODE_DEMO || mode == MODE_TEST;
    return !cursor->failed && str_equal(magic, MAGIC) && known && head->made_at > 0 ? ok() : fail(E_MALFORMED);
}

Err parcel_read(Str file, Parcel *ret_parcel)
{
    Cursor cursor = cursor_new(file);
    Parcel parcel = {0};

    TRY(read_head(&cursor, &parcel.head));
    parcel.associated = str_slice(file, 0, PARCEL_HEAD_BYTES);
    parcel.box = cursor_bytes(&cursor, PARCEL_BOX_BYTES);
    const uint64_t length = cursor_u64(&cursor);
    if (cursor.failed || length < WRAP_OVERHEAD || length > PARCEL_CONTENT_MAX + WRAP_OVERHEAD)
        return fail(E_MALFORMED);
    parcel.sealed = cursor_bytes(&cursor, (size_t)length);
    const size_t signed_bytes = cursor.at;
    cursor_copy(&cursor, parcel.signature, SIGNATURE_BYTES);
    if (!is_ok(cursor_done(&cursor)))
        return fail(E_MALFORMED);
    TRY(parcel_document(&parcel.head, str_slice(file, 0, signed_bytes), &parcel.document));
    *ret_parcel = parcel;
    return ok();
}

Err parcel_open(const Crypto *crypto, const Parcel *parcel, const Key *key, Arena *keep, Str *ret_content)
{
    const size_t length = parcel->sealed.length - WRAP_OVERHEAD;
    char *plain = NULL;

    TRY(arena_alloc_bytes(keep, length + 1, &plain));
    TRY(crypto_unwrap(crypto, key, parcel->associated, parcel->sealed, plain));
    *ret_content = str_from_bytes(plain, length);
    return ok();
}

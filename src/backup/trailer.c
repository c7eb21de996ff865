/* Writes and reads the two clear ends of a backup.
 * Must not accept a second spelling of either.
 * Called by backup, service/backup, cli/backup. */
#include "backup/trailer.h"

#include <string.h>

#define FORMAT 1

static const char head_magic[6] = {'S', 'L', 'B', 'K', 'U', 'P'};
static const char trailer_magic[7] = {'S', 'L', 'B', 'K', 'E', 'N', 'D'};

static uint8_t *put(uint8_t *to, const void *bytes, size_t length)
{
    memcpy(to, bytes, length);
    return to + length;
}

static uint8_t *put_u64(uint8_t *to, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        *to++ = (uint8_t)(number >> (56 - 8 * i));
    return to;
}

static bool is_mode(uint8_t mode)
{
    return mode >= MODE_PRODUCTION && mode <= MODE_TEST;
}

void backup_head_encode(const BackupHead *head, uint8_t ret_bytes[static BACKUP_HEAD_BYTES])
{
    uint8_t *to = put(ret_bytes, head_magic, sizeof head_magic);

    *to++ = FORMAT;
    *to++ = (uint8_t)head->mode;
    to = put(to, head->id.bytes, ID_BYTES);
    to = put(to, head->prefix, STREAM_PREFIX);
    *to = 0;
}

Err backup_head_decode(Str bytes, BackupHead *ret_head)
{
    Cursor cursor = cursor_new(bytes);
    BackupHead head = {0};

    Str magic = cursor_bytes(&cursor, sizeof head_magic);
    uint8_t format = cursor_u8(&cursor), mode = cursor_u8(&cursor);
    cursor_copy(&cursor, head.id.bytes, ID_BYTES);
    cursor_copy(&cursor, head.prefix, STREAM_PREFIX);
    uint8_t zero = cursor_u8(&cursor);
    TRY(cursor_done(&cursor));
    if (!str_equal(magic, str_from_bytes(head_magic, sizeof head_magic)) || format != FORMAT || !is_mode(mode) || zero != 0)
        return fail(E_MALFORMED);
    head.mode = (Mode)mode;
    *ret_head = head;
    return ok();
}

void backup_trailer_encode(const BackupTrailer *trailer, uint8_t ret_bytes[static BACKUP_TRAILER_BYTES])
{
    uint8_t *to = put(ret_bytes, trailer_magic, sizeof trailer_magic);

    *to++ = FORMAT;
    *to++ = (uint8_t)trailer->mode;
    to = put(to, trailer->id.bytes, ID_BYTES);
    to = put_u64(to, (uint64_t)trailer->made_at);
    to = put_u64(to, (uint64_t)trailer->destroy_after);
    to = put_u64(to, trailer->size);
    to = put(to, trailer->sha256, HASH_BYTES);
    put(to, trailer->signature, SIGNATURE_BYTES);
}

Err backup_trailer_decode(Str bytes, BackupTrailer *ret_trailer)
{
    Cursor cursor = cursor_new(bytes);
    BackupTrailer trailer = {0};

    Str magic = cursor_bytes(&cursor, sizeof trailer_magic);
    uint8_t format = cursor_u8(&cursor), mode = cursor_u8(&cursor);
    cursor_copy(&cursor, trailer.id.bytes, ID_BYTES);
    trailer.made_at = (int64_t)cursor_u64(&cursor);
    trailer.destroy_after = (int64_t)cursor_u64(&cursor);
    trailer.size = cursor_u64(&cursor);
    cursor_copy(&cursor, trailer.sha256, HASH_BYTES);
    cursor_copy(&cursor, trailer.signature, SIGNATURE_BYTES);
    TRY(cursor_done(&cursor));
    if (!str_equal(magic, str_from_bytes(trailer_magic, sizeof trailer_magic)) || format != FORMAT || !is_mode(mode) ||
        trailer.made_at < 0 || trailer.destroy_after < trailer.made_at)
        return fail(E_MALFORMED);
    trailer.mode = (Mode)mode;
    *ret_trailer = trailer;
    return ok();
}

Err backup_trailer_hash(const BackupTrailer *trailer, uint8_t ret_hash[static HASH_BYTES])
{
    uint8_t bytes[BACKUP_TRAILER_BYTES];

    backup_trailer_encode(trailer, bytes);
    return sha256(str_from_bytes(bytes, sizeof bytes - SIGNATURE_BYTES), ret_hash);
}

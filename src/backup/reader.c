/* One chunk in memory: read, opened, emptied.
 * Must not go on after a chunk that does not open.
 * Called by cli/backup and tests. */
#include "backup/reader.h"

#include <stdlib.h>
#include <string.h>

struct BackupReader {
    Stream stream;
    BackupSource source;
    uint64_t left;      /* bytes of the file that are still to be read */
    uint64_t read;
    size_t at, filled;  /* in plain */
    uint8_t head[BACKUP_HEAD_BYTES];
    uint8_t cipher[STREAM_CHUNK + STREAM_OVERHEAD];
    uint8_t plain[STREAM_CHUNK];
};

void backup_reader_free(BackupReader *reader)
{
    if (!reader)
        return;
    crypto_wipe(reader, sizeof *reader);
    free(reader);
}

void backup_reader_freep(BackupReader **reader)
{
    backup_reader_free(TAKE(*reader));
}

Err backup_reader_new(const Crypto *crypto, BackupSource source, uint64_t size, BackupReader **ret_reader)
{
    if (size < BACKUP_HEAD_BYTES + STREAM_OVERHEAD)
        return fail(E_TRUNCATED);
    BackupReader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return fail(E_NO_MEMORY);
    reader->stream.crypto = crypto;
    reader->source = source;
    reader->left = size;
    *ret_reader = reader;
    return ok();
}

static Err take_in(BackupReader *reader, void *ret_bytes, size_t length)
{
    TRY(reader->source.read(reader->source.self, ret_bytes, length));
    reader->left -= length;
    reader->read += length;
    return ok();
}

Err backup_read_head(BackupReader *reader, BackupHead *ret_head)
{
    BackupHead head;

    if (reader->read > 0)
        return fail(E_INTERNAL);
    TRY(take_in(reader, reader->head, sizeof reader->head));
    TRY(backup_head_decode(str_from_bytes(reader->head, sizeof reader->head), &head));
    reader->stream.header = str_from_bytes(reader->head, sizeof reader->head);
    memcpy(reader->stream.prefix, head.prefix, STREAM_PREFIX);
    *ret_head = head;
    return ok();
}

void backup_reader_key(BackupReader *reader, const Key *key)
{
    reader->stream.key = key;
}

static Err open_chunk(BackupReader *reader)
{
    size_t length = sizeof reader->cipher;

    if (!reader->stream.key)
        return fail(E_INTERNAL);
    if (reader->left == 0)
        return fail(E_TRUNCATED);
    bool last = reader->left <= length;
    if (last)
        length = (size_t)reader->left;
    TRY(take_in(reader, reader->cipher, length));
    TRY(stream_open(&reader->stream, str_from_bytes(reader->cipher, length), last, reader->plain));
    reader->at = 0;
    reader->filled = length - STREAM_OVERHEAD;
    return ok();
}

static Err take(BackupReader *reader, char *ret_bytes, size_t length)
{
    while (length > 0) {
        if (reader->at == reader->filled)
            TRY(open_chunk(reader));
        size_t part = reader->filled - reader->at;
        if (part > length)
            part = length;
        memcpy(ret_bytes, reader->plain + reader->at, part);
        reader->at += part;
        ret_bytes += part;
        length -= part;
    }
    return ok();
}

Err backup_read(BackupReader *reader, Arena *keep, BackupRecord *ret_kind, Str *ret_bytes)
{
    uint8_t head[RECORD_HEAD];
    char *bytes = NULL;

    TRY(take(reader, (char *)head, sizeof head));
    size_t length = (size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | head[4];
    if (head[0] == 0 || head[0] >= RECORD_COUNT)
        return fail(E_MALFORMED);
    if (length > RECORD_MAX)
        return fail(E_TOO_LARGE);
    TRY(arena_alloc_bytes(keep, length, &bytes));
    TRY(take(reader, bytes, length));
    bool ends = head[0] == RECORD_END;
    if (ends && (reader->left > 0 || reader->at < reader->filled))
        return fail(E_MALFORMED);
    *ret_kind = (BackupRecord)head[0];
    *ret_bytes = (Str){.data = bytes, .length = length};
    return ok();
}

uint64_t backup_read_bytes(const BackupReader *reader)
{
    return reader->read;
}

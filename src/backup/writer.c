/* One chunk in memory: filled, sealed, hashed, written.
 * Must not leave plain text behind in memory.
 * Called by service/backup and tests. */
#include "backup/writer.h"

#include <stdlib.h>
#include <string.h>

struct BackupWriter {
    Stream stream;
    BackupSink sink;
    Sha256 *sha;
    uint64_t written;
    size_t filled;
    uint8_t head[BACKUP_HEAD_BYTES];
    uint8_t plain[STREAM_CHUNK];
    uint8_t cipher[STREAM_CHUNK + STREAM_OVERHEAD];
};

void backup_writer_free(BackupWriter *writer)
{
    if (!writer)
        return;
    sha256_free(writer->sha);
    crypto_wipe(writer, sizeof *writer);
    free(writer);
}

void backup_writer_freep(BackupWriter **writer)
{
    backup_writer_free(TAKE(*writer));
}

static Err put_out(BackupWriter *writer, const uint8_t *bytes, size_t length)
{
    const Str text = str_from_bytes(bytes, length);

    TRY(sha256_add(writer->sha, text));
    writer->written += length;
    return writer->sink.write(writer->sink.self, text);
}

Err backup_writer_new(const Crypto *crypto, const BackupHead *head, const Key *key, BackupSink sink, BackupWriter **ret_writer)
{
    AUTO(backup_writer_freep) BackupWriter *writer = calloc(1, sizeof *writer);

    if (!writer)
        return fail(E_NO_MEMORY);
    TRY(sha256_new(&writer->sha));
    backup_head_encode(head, writer->head);
    writer->sink = sink;
    writer->stream = (Stream){.crypto = crypto, .key = key, .header = str_from_bytes(writer->head, sizeof writer->head)};
    memcpy(writer->stream.prefix, head->prefix, STREAM_PREFIX);
    TRY(put_out(writer, writer->head, sizeof writer->head));
    *ret_writer = TAKE(writer);
    return ok();
}

static Err seal_chunk(BackupWriter *writer, bool last)
{
    TRY(stream_seal(&writer->stream, str_from_bytes(writer->plain, writer->filled), last, writer->cipher));
    size_t length = writer->filled + STREAM_OVERHEAD;
    crypto_wipe(writer->plain, writer->filled);
    writer->filled = 0;
    return put_out(writer, writer->cipher, length);
}

/* A full chunk is sealed when more comes: what stands at the end is the last one. */
static Err add(BackupWriter *writer, Str bytes)
{
    while (bytes.length > 0) {
        if (writer->filled == STREAM_CHUNK)
            TRY(seal_chunk(writer, false));
        size_t room = STREAM_CHUNK - writer->filled;
        size_t part = bytes.length < room ? bytes.length : room;
        memcpy(writer->plain + writer->filled, bytes.data, part);
        writer->filled += part;
        bytes = str_slice(bytes, part, bytes.length);
    }
    return ok();
}

Err backup_write(BackupWriter *writer, BackupRecord kind, Str bytes)
{
    const uint32_t length = (uint32_t)bytes.length;
    const uint8_t head[RECORD_HEAD] = {(uint8_t)kind, (uint8_t)(length >> 24), (uint8_t)(length >> 16), (uint8_t)(length >> 8),
                                       (uint8_t)length};

    if (bytes.length > RECORD_MAX)
        return fail(E_TOO_LARGE);
    TRY(add(writer, str_from_bytes(head, sizeof head)));
    return add(writer, bytes);
}

uint64_t backup_written(const BackupWriter *writer)
{
    return writer->written;
}

Err backup_writer_end(BackupWriter *writer, BackupTrailer *trailer)
{
    TRY(seal_chunk(writer, true));
    trailer->size = writer->written;
    return sha256_done(writer->sha, trailer->sha256);
}

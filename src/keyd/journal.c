/* Keeps the journal in memory and in a file beside the key file.
 * Must not stop the agent when the file cannot be written: the record is in memory until it is taken in.
 * Called by keyd. */
#include "keyd/journal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/crypto.h"
#include "sys/file.h"

#define MAGIC "SLJOUR"
#define FORMAT 1
#define HEAD_BYTES 48 /* magic 6 | format u8 | mode u8 | sequence before the first u64 | hash before the first 32 */
#define FILE_MAX (HEAD_BYTES + JOURNAL_MAX * JOURNAL_RECORD_BYTES)
#define SCRATCH ((size_t)512 << 10)

/* What stands before the first record. */
typedef struct Before {
    uint64_t seq;
    uint8_t hash[HASH_BYTES];
} Before;

struct Journal {
    char path[PATH_MAX];
    Mode mode;
    bool torn; /* the file may end in a part of a record */
    Before before;
    uint32_t count;
    JournalRecord records[JOURNAL_MAX];
};

static Err record_hash(const uint8_t previous[static HASH_BYTES], const JournalRecord *record, uint8_t ret_hash[static HASH_BYTES])
{
    AUTO(arena_freep) Arena *scratch = NULL;
    Str bytes;

    TRY(arena_new(1024, &scratch));
    Buf buf = buf_new(scratch, 256);
    buf_add(&buf, STR("stafettlogg journal 1"));
    buf_add_bytes(&buf, previous, HASH_BYTES);
    journal_record_write(&buf, record);
    TRY(buf_done(&buf, &bytes));
    return sha256(str_slice(bytes, 0, bytes.length - HASH_BYTES), ret_hash);
}

static const uint8_t *last_hash(const Journal *journal)
{
    return journal->count ? journal->records[journal->count - 1].hash : journal->before.hash;
}

static uint64_t last_seq(const Journal *journal)
{
    return journal->before.seq + journal->count;
}

/* ---- the file ---- */

static Err write_whole(const Journal *journal)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str bytes;

    TRY(arena_new(SCRATCH, &arena));
    Buf buf = buf_new(arena, FILE_MAX);
    buf_add(&buf, STR(MAGIC));
    buf_add_u8(&buf, FORMAT);
    buf_add_u8(&buf, (uint8_t)journal->mode);
    buf_add_u64(&buf, journal->before.seq);
    buf_add_bytes(&buf, journal->before.hash, HASH_BYTES);
    for (uint32_t i = 0; i < journal->count; i++)
        journal_record_write(&buf, &journal->records[i]);
    TRY(buf_done(&buf, &bytes));
    return file_write(journal->path, bytes, 0600);
}

static Err write_last(const Journal *journal)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str bytes;

    TRY(arena_new(1024, &arena));
    Buf buf = buf_new(arena, JOURNAL_RECORD_BYTES);
    journal_record_write(&buf, &journal->records[journal->count - 1]);
    TRY(buf_done(&buf, &bytes));
    return file_append(journal->path, bytes);
}

static Err read_head(Journal *journal, Cursor *cursor)
{
    Str magic = cursor_bytes(cursor, sizeof MAGIC - 1);
    uint8_t format = cursor_u8(cursor);
    uint8_t mode = cursor_u8(cursor);
    journal->before.seq = cursor_u64(cursor);
    cursor_copy(cursor, journal->before.hash, HASH_BYTES);
    if (cursor->failed || !str_equal(magic, STR(MAGIC)) || format != FORMAT)
        return fail(E_MALFORMED);
    return mode == journal->mode ? ok() : fail(E_MODE);
}

/* Stops at the first record that does not follow. */
static Err read_records(Journal *journal, Cursor *cursor, bool *ret_broken)
{
    while (journal->count < JOURNAL_MAX && cursor->bytes.length - cursor->at >= JOURNAL_RECORD_BYTES) {
        JournalRecord *record = &journal->records[journal->count];
        uint8_t hash[HASH_BYTES];
        journal_record_read(cursor, record);
        TRY(record_hash(last_hash(journal), record, hash));
        if (record->seq != last_seq(journal) + 1 || memcmp(hash, record->hash, sizeof hash) != 0) {
            *ret_broken = true;
            return ok();
        }
        journal->count++;
    }
    return ok();
}

static Err read_file(Journal *journal, bool *ret_broken)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str bytes;

    TRY(arena_new(SCRATCH, &arena));
    Err read = file_read(journal->path, FILE_MAX, arena, &bytes);
    if (read.id == E_NOT_FOUND)
        return ok();
    TRY(read);
    Cursor cursor = cursor_new(bytes);
    Err head = read_head(journal, &cursor);
    if (head.id == E_MALFORMED) {
        journal->before = (Before){0};
        *ret_broken = true;
        return ok();
    }
    TRY(head);
    return read_records(journal, &cursor, ret_broken);
}

/* ---- the journal ---- */

Err journal_open(const char *path, Mode mode, int64_t now, Journal **ret_journal)
{
    size_t length = strlen(path);
    bool broken = false;

    if (length >= PATH_MAX)
        return fail(E_TOO_LARGE);
    Journal *journal = calloc(1, sizeof *journal);
    if (!journal)
        return fail(E_NO_MEMORY);
    memcpy(journal->path, path, length + 1);
    journal->mode = mode;
    Err opened = read_file(journal, &broken);
    if (is_ok(opened))
        opened = write_whole(journal);
    if (is_ok(opened) && broken)
        opened = journal_add(journal, JOURNAL_BROKEN, E_FORGED, (Id){0}, now);
    if (!is_ok(opened)) {
        free(journal);
        return opened;
    }
    *ret_journal = journal;
    return ok();
}

void journal_close(Journal *journal)
{
    free(journal);
}

Err journal_add(Journal *journal, JournalEvent event, enum err_id error, Id subject, int64_t now)
{
    bool last_place = journal->count == JOURNAL_MAX - 1;
    JournalRecord record = {.seq = last_seq(journal) + 1, .at = now, .event = (uint8_t)event, .error = (uint8_t)error,
                            .subject = subject};

    if (journal->count == JOURNAL_MAX)
        return fail(E_TOO_LARGE);
    if (last_place)
        record = (JournalRecord){.seq = record.seq, .at = now, .event = JOURNAL_FULL, .error = E_TOO_LARGE};
    TRY(record_hash(last_hash(journal), &record, record.hash));
    journal->records[journal->count++] = record;
    Err written = journal->torn ? write_whole(journal) : write_last(journal);
    journal->torn = !is_ok(written);
    return written;
}

uint32_t journal_read(const Journal *journal, uint64_t after, JournalRecord ret_records[static JOURNAL_RECORDS])
{
    uint64_t first = after < journal->before.seq ? 0 : after - journal->before.seq;
    uint32_t count = 0;

    for (uint64_t i = first; i < journal->count && count < JOURNAL_RECORDS; i++)
        ret_records[count++] = journal->records[i];
    return count;
}

Err journal_taken(Journal *journal, uint64_t seq)
{
    if (seq <= journal->before.seq)
        return ok();
    uint64_t taken = seq - journal->before.seq;
    if (taken > journal->count)
        return fail(E_RANGE);
    memcpy(journal->before.hash, journal->records[taken - 1].hash, HASH_BYTES);
    journal->before.seq = seq;
    journal->count -= (uint32_t)taken;
    memmove(journal->records, journal->records + taken, journal->count * sizeof *journal->records);
    return write_whole(journal);
}

/* Fuzz target: what stands in a backup is read exactly as it would be written, and a file that nobody sealed gives no record.
 * The first byte chooses what it is: a head, a trailer, a table, a row, or a whole file.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>
#include <string.h>

#include "backup/reader.h"
#include "store/copy/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void expect_same(Str bytes, const void *again, size_t length)
{
    if (!str_equal(bytes, str_from_bytes(again, length)))
        abort();
}

static void read_head(Str bytes, Arena *arena)
{
    uint8_t again[BACKUP_HEAD_BYTES];
    BackupHead head;

    (void)arena;
    if (!is_ok(backup_head_decode(bytes, &head)))
        return;
    backup_head_encode(&head, again);
    expect_same(bytes, again, sizeof again);
}

static void read_trailer(Str bytes, Arena *arena)
{
    uint8_t again[BACKUP_TRAILER_BYTES];
    BackupTrailer trailer;

    (void)arena;
    if (!is_ok(backup_trailer_decode(bytes, &trailer)))
        return;
    backup_trailer_encode(&trailer, again);
    expect_same(bytes, again, sizeof again);
}

static void read_table(Str bytes, Arena *arena)
{
    CopyTable table;
    Str again;

    if (!is_ok(copy_table_decode(bytes, &table)))
        return;
    if (!is_ok(copy_table_encode(&table, arena, &again)))
        abort();
    expect_same(bytes, again.data, again.length);
}

static void read_row(Str bytes, Arena *arena)
{
    Value values[COLUMNS_MAX];
    Str again;

    if (bytes.length == 0)
        return;
    uint32_t count = (uint8_t)bytes.data[0] % (COLUMNS_MAX + 1);
    bytes = str_slice(bytes, 1, bytes.length);
    if (!is_ok(copy_row_decode(bytes, count, values)))
        return;
    if (!is_ok(copy_row_encode(values, count, arena, &again)))
        abort();
    expect_same(bytes, again.data, again.length);
}

typedef struct Rest {
    Str bytes;
} Rest;

static Err get(void *self, void *ret_bytes, size_t length)
{
    Rest *rest = self;

    if (rest->bytes.length < length)
        return fail(E_TRUNCATED);
    memcpy(ret_bytes, rest->bytes.data, length);
    rest->bytes = str_slice(rest->bytes, length, rest->bytes.length);
    return ok();
}

static Err no_randomness(void *self, void *ret_bytes, size_t length)
{
    (void)self, (void)ret_bytes, (void)length;
    return fail(E_IO);
}

static void read_file(Str bytes, Arena *arena)
{
    static const World world = {.random = no_randomness};
    static const Key key = {{9, 8, 7}};
    static Crypto *crypto;
    AUTO(backup_reader_freep) BackupReader *reader = NULL;
    Rest rest = {bytes};
    BackupRecord kind;
    BackupHead head;
    Str record;

    if (!crypto && !is_ok(crypto_new(&world, &crypto)))
        abort();
    if (!is_ok(backup_reader_new(crypto, (BackupSource){.self = &rest, .read = get}, bytes.length, &reader)) ||
        !is_ok(backup_read_head(reader, &head)))
        return;
    backup_reader_key(reader, &key);
    if (is_ok(backup_read(reader, arena, &kind, &record)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static void (*const targets[])(Str bytes, Arena *arena) = {read_head, read_trailer, read_table, read_row, read_file};
    AUTO(arena_freep) Arena *arena = NULL;

    if (length < 1 || length > 65536 || !is_ok(arena_new((size_t)1 << 20, &arena)))
        return 0;
    targets[bytes[0] % COUNT_OF(targets)](str_from_bytes(bytes + 1, length - 1), arena);
    return 0;
}

/* A backup's file: its bytes held fast (computed beside the program, by docs/formats.md alone), and everything that can be done to one.
 * Must find each of them: a flipped bit, a cut, chunks that change places, a chunk of another backup.
 * Called by meson test. */
#include "support/test.h"
#include "support/world.h"

#include "backup/reader.h"
#include "backup/writer.h"

#define FILE_ROOM ((size_t)1 << 20)
#define CHUNK (STREAM_CHUNK + STREAM_OVERHEAD)

typedef struct Bytes {
    uint8_t *data;
    size_t length, at;
} Bytes;

static Err put(void *self, Str bytes)
{
    Bytes *to = self;

    if (to->length + bytes.length > FILE_ROOM)
        return fail(E_DISK_FULL);
    memcpy(to->data + to->length, bytes.data, bytes.length);
    to->length += bytes.length;
    return ok();
}

static Err get(void *self, void *ret_bytes, size_t length)
{
    Bytes *from = self;

    if (length > from->length - from->at)
        return fail(E_TRUNCATED);
    memcpy(ret_bytes, from->data + from->at, length);
    from->at += length;
    return ok();
}

typedef struct Fixture {
    TestWorld test;
    World world;
    Crypto *crypto;
    Key key;
    BackupHead head;
    BackupTrailer trailer;
    Bytes file;
} Fixture;

static void fixture_done(Fixture *f)
{
    crypto_free(f->crypto);
    free(f->file.data);
}

static void fixture_start(Fixture *f)
{
    static const uint8_t prefix[STREAM_PREFIX] = {0xa0, 1, 2, 3, 4, 5, 6};

    f->world = test_world(&f->test);
    EXPECT_OK(crypto_new(&f->world, &f->crypto));
    for (uint8_t i = 0; i < KEY_BYTES; i++)
        f->key.bytes[i] = i;
    for (uint8_t i = 0; i < ID_BYTES; i++)
        f->head.id.bytes[i] = i;
    f->head.mode = MODE_TEST;
    memcpy(f->head.prefix, prefix, sizeof prefix);
    f->trailer = (BackupTrailer){.mode = MODE_TEST, .id = f->head.id, .made_at = INT64_C(1795478400000),
                                 .destroy_after = INT64_C(1798156800000)};
    f->file.data = calloc(1, FILE_ROOM);
    if (!f->file.data)
        abort();
}

#define FIXTURE(f)                            \
    AUTO(fixture_done) Fixture f = {0};       \
    fixture_start(&f)

/* Three records of which one lies over the border of two chunks. */
static void write_file(Fixture *f, size_t row)
{
    AUTO(backup_writer_freep) BackupWriter *writer = NULL;
    AUTO(arena_freep) Arena *arena = test_arena();
    const BackupSink sink = {.self = &f->file, .write = put};
    char *bytes = NULL;

    f->file.length = 0;
    EXPECT_OK(ARENA_NEW(arena, char, row, &bytes));
    for (size_t i = 0; i < row; i++)
        bytes[i] = (char)(i * 7 % 251);
    EXPECT_OK(backup_writer_new(f->crypto, &f->head, &f->key, sink, &writer));
    EXPECT_OK(backup_write(writer, RECORD_MANIFEST, STR("manifest")));
    EXPECT_OK(backup_write(writer, RECORD_ROW, str_from_bytes(bytes, row)));
    EXPECT_OK(backup_write(writer, RECORD_END, STR("end")));
    EXPECT_OK(backup_writer_end(writer, &f->trailer));
    EXPECT(f->trailer.size == f->file.length);
}

/* The error that whoever reads all of it meets; *ret_rows counts the bytes that were given out. */
static Err read_file(Fixture *f, const Key *key, size_t *ret_rows)
{
    AUTO(backup_reader_freep) BackupReader *reader = NULL;
    AUTO(arena_freep) Arena *arena = test_arena();
    BackupRecord kind = RECORD_MANIFEST;
    BackupHead head;
    Str bytes;

    f->file.at = 0;
    *ret_rows = 0;
    TRY(backup_reader_new(f->crypto, (BackupSource){.self = &f->file, .read = get}, f->file.length, &reader));
    TRY(backup_read_head(reader, &head));
    EXPECT(id_equal(head.id, f->head.id) && head.mode == f->head.mode);
    backup_reader_key(reader, key);
    while (kind != RECORD_END) {
        TRY(backup_read(reader, arena, &kind, &bytes));
        *ret_rows += kind == RECORD_ROW ? bytes.length : 0;
    }
    EXPECT(backup_read_bytes(reader) == f->file.length);
    return ok();
}

static void expect_refused(Fixture *f, enum err_id error)
{
    size_t rows = 0;

    EXPECT_ERR(read_file(f, &f->key, &rows), error);
    EXPECT(rows == 0);
}

static void expect_hash(const uint8_t *hash, const char *expected)
{
    TEST_ARENA(keep);
    Buf text = buf_new(keep, 64);
    Str hex;

    buf_add_hex(&text, str_from_bytes(hash, HASH_BYTES));
    EXPECT_OK(buf_done(&text, &hex));
    EXPECT_STR(hex, expected);
}

TEST(a_backup_has_its_documented_bytes)
{
    FIXTURE(f);
    uint8_t hash[HASH_BYTES];

    write_file(&f, 70000);
    EXPECT(f.file.length == 70090);
    expect_hash(f.trailer.sha256, "25ce29b1bf5ff0843006ffb7e937901e123fb1ac7a80deacf5664fc0833cf683");
    EXPECT_OK(sha256(str_from_bytes(f.file.data, f.file.length), hash));
    expect_hash(hash, "25ce29b1bf5ff0843006ffb7e937901e123fb1ac7a80deacf5664fc0833cf683");
    EXPECT_OK(backup_trailer_hash(&f.trailer, hash));
    expect_hash(hash, "681a32cc4261db6cc502bdd098eed4db6bc5e42275dae3d838c82b997771f120");
}

TEST(a_backup_is_read_as_it_was_written_whatever_its_length)
{
    FIXTURE(f);
    const size_t around = STREAM_CHUNK - 3 * RECORD_HEAD - 8 - 3;

    for (size_t row = around - 2; row < around + 3; row++)
        for (size_t chunks = 0; chunks < 3; chunks++) {
            size_t rows = 0;
            write_file(&f, row + chunks * STREAM_CHUNK);
            EXPECT_OK(read_file(&f, &f.key, &rows));
            EXPECT(rows == row + chunks * STREAM_CHUNK);
        }
}

TEST(a_flipped_bit_anywhere_is_found_before_a_byte_of_its_chunk_is_given_out)
{
    FIXTURE(f);

    write_file(&f, 3000);
    for (size_t at = 0; at < f.file.length; at++) {
        size_t rows = 0;
        f.file.data[at] ^= 0x10;
        if (at < 8)
            EXPECT_ERR(read_file(&f, &f.key, &rows), E_MALFORMED);
        else if (at >= BACKUP_HEAD_BYTES)
            EXPECT_ERR(read_file(&f, &f.key, &rows), E_FORGED);
        f.file.data[at] ^= 0x10;
    }
    /* what the head says of prefix and mode is under every tag */
    f.file.data[25] ^= 1;
    expect_refused(&f, E_FORGED);
}

TEST(a_cut_is_found_also_on_the_border_of_two_chunks)
{
    FIXTURE(f);
    size_t rows = 0;

    write_file(&f, 200000);
    const size_t whole = f.file.length;
    f.file.length = BACKUP_HEAD_BYTES + 2 * CHUNK;
    EXPECT_ERR(read_file(&f, &f.key, &rows), E_FORGED);
    f.file.length = BACKUP_HEAD_BYTES + 2 * CHUNK + 5;
    EXPECT_ERR(read_file(&f, &f.key, &rows), E_TRUNCATED);
    f.file.length = whole - 1;
    EXPECT_ERR(read_file(&f, &f.key, &rows), E_FORGED);
    f.file.length = BACKUP_HEAD_BYTES;
    EXPECT_ERR(read_file(&f, &f.key, &rows), E_TRUNCATED);
}

TEST(chunks_that_change_places_are_found)
{
    FIXTURE(f);
    uint8_t *first = f.file.data + BACKUP_HEAD_BYTES, kept[CHUNK];

    write_file(&f, 200000);
    memcpy(kept, first, CHUNK);
    memcpy(first, first + CHUNK, CHUNK);
    memcpy(first + CHUNK, kept, CHUNK);
    expect_refused(&f, E_FORGED);
}

TEST(a_chunk_left_out_or_added_at_the_end_is_found)
{
    FIXTURE(f);
    size_t rows = 0;

    write_file(&f, 200000);
    memmove(f.file.data + BACKUP_HEAD_BYTES + CHUNK, f.file.data + BACKUP_HEAD_BYTES + 2 * CHUNK,
            f.file.length - BACKUP_HEAD_BYTES - 2 * CHUNK);
    f.file.length -= CHUNK;
    EXPECT_ERR(read_file(&f, &f.key, &rows), E_FORGED);
    write_file(&f, 3000);
    memset(f.file.data + f.file.length, 0, 40);
    f.file.length += 40;
    expect_refused(&f, E_FORGED);
}

TEST(a_chunk_of_another_backup_is_found_even_under_the_same_key)
{
    FIXTURE(f);
    FIXTURE(other);

    other.head.id.bytes[0] ^= 1;
    write_file(&f, 200000);
    write_file(&other, 200000);
    memcpy(f.file.data + BACKUP_HEAD_BYTES, other.file.data + BACKUP_HEAD_BYTES, CHUNK);
    expect_refused(&f, E_FORGED);
    write_file(&f, 200000);
    other.key.bytes[3] ^= 1;
    f.key = other.key;
    expect_refused(&f, E_FORGED);
}

TEST(what_stands_behind_the_last_record_is_refused)
{
    FIXTURE(f);
    AUTO(backup_writer_freep) BackupWriter *writer = NULL;
    size_t rows = 0;

    EXPECT_OK(backup_writer_new(f.crypto, &f.head, &f.key, (BackupSink){.self = &f.file, .write = put}, &writer));
    EXPECT_OK(backup_write(writer, RECORD_END, STR("end")));
    EXPECT_OK(backup_write(writer, RECORD_ROW, STR("one more")));
    EXPECT_OK(backup_writer_end(writer, &f.trailer));
    EXPECT_ERR(read_file(&f, &f.key, &rows), E_MALFORMED);
}

TEST(a_stream_that_ended_takes_nothing_more)
{
    FIXTURE(f);
    uint8_t cipher[STREAM_OVERHEAD + 1];
    Stream stream = {.crypto = f.crypto, .key = &f.key, .header = STR("head")};

    EXPECT_ERR(stream_seal(&stream, STR("short"), false, cipher), E_RANGE);
    EXPECT_OK(stream_seal(&stream, STR("x"), true, cipher));
    EXPECT_ERR(stream_seal(&stream, STR("x"), true, cipher), E_RANGE);
    stream = (Stream){.crypto = f.crypto, .key = &f.key, .header = STR("head"), .counter = UINT32_MAX};
    EXPECT_ERR(stream_seal(&stream, STR("x"), true, cipher), E_TOO_LARGE);
}

TEST(both_ends_are_read_as_they_were_written_and_in_no_other_spelling)
{
    FIXTURE(f);
    uint8_t bytes[BACKUP_TRAILER_BYTES];
    BackupTrailer trailer;
    BackupHead head;

    memset(f.trailer.signature, 9, SIGNATURE_BYTES);
    backup_trailer_encode(&f.trailer, bytes);
    EXPECT_OK(backup_trailer_decode(str_from_bytes(bytes, sizeof bytes), &trailer));
    EXPECT(memcmp(trailer.signature, f.trailer.signature, SIGNATURE_BYTES) == 0 && trailer.made_at == f.trailer.made_at);
    EXPECT_ERR(backup_trailer_decode(str_from_bytes(bytes, sizeof bytes - 1), &trailer), E_TRUNCATED);
    bytes[7] = 2;
    EXPECT_ERR(backup_trailer_decode(str_from_bytes(bytes, sizeof bytes), &trailer), E_MALFORMED);
    backup_head_encode(&f.head, bytes);
    bytes[BACKUP_HEAD_BYTES - 1] = 1;
    EXPECT_ERR(backup_head_decode(str_from_bytes(bytes, BACKUP_HEAD_BYTES), &head), E_MALFORMED);
}

RUN_TESTS("backup_file")

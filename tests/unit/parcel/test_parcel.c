/* A parcel's file: its bytes held fast, and everything that can be done to one.
 * Must find each of them: a flipped bit, a cut, a box or a content of another parcel, another recipient.
 * Called by meson test. */
#include "support/test.h"
#include "support/world.h"

#include <stdio.h>

#include "keys/documents.h"
#include "parcel/content.h"
#include "parcel/parcel.h"

#define CONTENT STR("what was written about a child, by those who wrote it")

typedef struct Fixture {
    TestWorld test;
    World world;
    Crypto *crypto;
    Arena *arena;
    Key seed, recipient;
    ParcelHead head;
    Str file;
} Fixture;

static void fixture_done(Fixture *f)
{
    crypto_free(f->crypto);
    arena_free(f->arena);
}

static Id id_of(uint8_t byte)
{
    Id id;

    memset(id.bytes, byte, sizeof id.bytes);
    return id;
}

static Str made(Fixture *f, Str content)
{
    uint8_t signature[SIGNATURE_BYTES], message[DOCUMENT_BYTES];
    SignedDocument document;
    Str body, file;

    EXPECT_OK(parcel_close(f->crypto, &f->head, content, f->arena, &body));
    EXPECT_OK(parcel_document(&f->head, body, &document));
    signed_document_encode(&document, message);
    EXPECT_OK(signature_make(&f->seed, str_from_bytes(message, sizeof message), signature));
    EXPECT_OK(parcel_finish(body, signature, f->arena, &file));
    return file;
}

static void fixture_start(Fixture *f)
{
    f->world = test_world(&f->test);
    f->arena = test_arena();
    EXPECT_OK(crypto_new(&f->world, &f->crypto));
    memset(f->seed.bytes, 7, KEY_BYTES);
    memset(f->recipient.bytes, 9, KEY_BYTES);
    f->head = (ParcelHead){.mode = MODE_TEST, .transfer = id_of(1), .from = id_of(2), .to = id_of(3), .unit = id_of(4),
                           .made_at = INT64_C(1795478400000)};
    EXPECT_OK(signature_public(&f->seed, f->head.sender));
    EXPECT_OK(box_public(&f->recipient, f->head.recipient));
    f->file = made(f, CONTENT);
}

#define FIXTURE(f)                            \
    AUTO(fixture_done) Fixture f = {0};       \
    fixture_start(&f)

/* As the recipient reads it: signed by whom it says, opened by its own half. */
static Err read_with(Fixture *f, Str file, const Key *own, Str *ret_content)
{
    AUTO(key_wipe) Key key = {0};
    Parcel parcel;

    TRY(parcel_read(file, &parcel));
    TRY(document_signature_check(f->head.sender, &parcel.document, parcel.signature));
    TRY(box_open(f->crypto, own, parcel.associated, parcel.box, key.bytes));
    return parcel_open(f->crypto, &parcel, &key, f->arena, ret_content);
}

TEST(a_parcel_that_is_whole_is_opened_by_its_recipient_and_by_nobody_else)
{
    FIXTURE(f);
    Key other = {{8}};
    Str content;

    EXPECT_OK(read_with(&f, f.file, &f.recipient, &content));
    EXPECT(str_equal(content, CONTENT));
    EXPECT_ERR(read_with(&f, f.file, &other, &content), E_FORGED);
}

TEST(its_head_says_who_it_is_from_and_for_and_nothing_of_what_is_in_it)
{
    FIXTURE(f);
    Parcel parcel;

    EXPECT_OK(parcel_read(f.file, &parcel));
    EXPECT(id_equal(parcel.head.transfer, id_of(1)) && id_equal(parcel.head.from, id_of(2)) && id_equal(parcel.head.to, id_of(3)) &&
           id_equal(parcel.head.unit, id_of(4)) && parcel.head.made_at == f.head.made_at && parcel.head.mode == MODE_TEST);
    EXPECT(f.file.length == PARCEL_HEAD_BYTES + PARCEL_BOX_BYTES + 8 + CONTENT.length + WRAP_OVERHEAD + SIGNATURE_BYTES);
    for (size_t i = 0; i + 5 < f.file.length; i++)
        EXPECT(memcmp(f.file.data + i, "child", 5) != 0);
}

TEST(a_bit_that_is_flipped_anywhere_is_found)
{
    FIXTURE(f);
    Str content;

    for (size_t at = 0; at < f.file.length; at++) {
        char *bytes = NULL;
        EXPECT_OK(arena_alloc_bytes(f.arena, f.file.length, &bytes));
        memcpy(bytes, f.file.data, f.file.length);
        bytes[at] ^= 4;
        EXPECT(!is_ok(read_with(&f, str_from_bytes(bytes, f.file.length), &f.recipient, &content)));
    }
}

TEST(a_parcel_that_is_cut_or_goes_on_is_none)
{
    FIXTURE(f);
    Parcel parcel;
    char longer[2048];

    for (size_t length = 0; length < f.file.length; length++)
        EXPECT_ERR(parcel_read(str_slice(f.file, 0, length), &parcel), E_MALFORMED);
    memcpy(longer, f.file.data, f.file.length);
    longer[f.file.length] = 0;
    EXPECT_ERR(parcel_read(str_from_bytes(longer, f.file.length + 1), &parcel), E_MALFORMED);
}

/* Whoever cuts the box out of one parcel and sends it under another head gets nothing opened by it. */
TEST(a_box_opens_under_its_own_head_alone)
{
    FIXTURE(f);
    Parcel first, second;
    Key key;

    EXPECT_OK(parcel_read(f.file, &first));
    f.head.transfer = id_of(5);
    EXPECT_OK(parcel_read(made(&f, CONTENT), &second));
    EXPECT_ERR(box_open(f.crypto, &f.recipient, second.associated, first.box, key.bytes), E_FORGED);
    EXPECT_OK(box_open(f.crypto, &f.recipient, first.associated, first.box, key.bytes));
    second.sealed = first.sealed;
    EXPECT_ERR(parcel_open(f.crypto, &second, &key, f.arena, &(Str){0}), E_FORGED);
}

TEST(its_bytes_are_held_fast)
{
    FIXTURE(f);
    static const char expected[] = "27e251af08f30dfab7176f61f8d1621764dd8b4e721ec9188e140f7af85cc8b3";
    uint8_t hash[HASH_BYTES];
    char text[2 * HASH_BYTES + 1];

    EXPECT(str_equal(str_slice(f.file, 0, 22), STR("stafettlogg-parcel-1\n\3")));
    EXPECT_OK(sha256(f.file, hash));
    for (size_t i = 0; i < HASH_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", hash[i]);
    printf("# %s\n", text);
    EXPECT(strcmp(text, expected) == 0);
}

TEST(its_content_is_read_as_it_was_written_and_nothing_else_is)
{
    AUTO(arena_freep) Arena *arena = test_arena();
    ParcelContent content = {.data = STR("{}"), .papers = {STR("%PDF"), STR("")}, .paper_count = 2}, read;
    Str bytes, again;

    EXPECT_OK(parcel_content_write(&content, arena, &bytes));
    EXPECT(str_equal(bytes, str_from_bytes("\0\0\0\0\0\0\0\2{}\2\0\0\0\0\0\0\0\4%PDF\0\0\0\0\0\0\0\0", 31)));
    EXPECT_OK(parcel_content_read(bytes, &read));
    EXPECT_OK(parcel_content_write(&read, arena, &again));
    EXPECT(str_equal(bytes, again) && read.paper_count == 2 && str_equal(read.papers[0], STR("%PDF")));
    for (size_t length = 0; length < bytes.length; length++)
        EXPECT_ERR(parcel_content_read(str_slice(bytes, 0, length), &read), E_MALFORMED);
    EXPECT_ERR(parcel_content_read(str_from_bytes("\0\0\0\0\0\0\0\0\x9", 9), &read), E_MALFORMED);
    EXPECT_ERR(parcel_content_read(str_from_bytes("\xff\0\0\0\0\0\0\0\0", 9), &read), E_MALFORMED);
    content.paper_count = PARCEL_PAPERS_MAX + 1;
    EXPECT_ERR(parcel_content_write(&content, arena, &bytes), E_TOO_LARGE);
}

RUN_TESTS("parcel")

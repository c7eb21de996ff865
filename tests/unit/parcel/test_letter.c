/* Cards and letters between installations: their bytes held fast (computed beside the program, by docs/formats.md alone), and everything that can be done to one.
 * Must find each of them: a flipped bit, a cut, a text that is none.
 * Called by meson test. */
#include "support/test.h"
#include "support/world.h"

#include <stdio.h>

#include "keys/documents.h"
#include "parcel/letter.h"

typedef struct Fixture {
    TestWorld test;
    World world;
    Crypto *crypto;
    Arena *arena;
    Key seed;
    CardUnit units[2];
    Card card;
    Letter letter;
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

static void fixture_start(Fixture *f)
{
    f->world = test_world(&f->test);
    f->arena = test_arena();
    EXPECT_OK(crypto_new(&f->world, &f->crypto));
    memset(f->seed.bytes, 7, KEY_BYTES);
    f->units[0] = (CardUnit){id_of(4), STR("Bjørkelia skole")};
    f->units[1] = (CardUnit){id_of(5), STR("PPT")};
    f->card = (Card){.mode = MODE_TEST, .municipality = id_of(2), .made_at = INT64_C(1795478400000), .number = STR("1103"),
                     .name = STR("Sørvær"), .units = f->units, .unit_count = 2};
    EXPECT_OK(signature_public(&f->seed, f->card.sender));
    memset(f->card.recipient, 9, PUBLIC_KEY_BYTES);
    f->letter = (Letter){.mode = MODE_TEST, .kind = LETTER_ASKS, .transfer = id_of(1), .from = id_of(2), .to = id_of(3), .unit = id_of(4),
                         .proposed_at = INT64_C(1795478400000), .on_at = INT64_C(1795564800000), .made_at = INT64_C(1795478500000),
                         .place = STR("Bjørkelia skole, Nordvær")};
    memcpy(f->letter.sender, f->card.sender, PUBLIC_KEY_BYTES);
}

#define FIXTURE(f)                            \
    AUTO(fixture_done) Fixture f = {0};       \
    fixture_start(&f)

static Str signed_by(Fixture *f, Str body)
{
    SignedDocument document = {.tenant = id_of(2), .kind = DOCUMENT_TRANSFER};
    uint8_t signature[SIGNATURE_BYTES], message[DOCUMENT_BYTES];
    Str file;

    EXPECT_OK(sha256(body, document.sha256));
    signed_document_encode(&document, message);
    EXPECT_OK(signature_make(&f->seed, str_from_bytes(message, sizeof message), signature));
    EXPECT_OK(parcel_finish(body, signature, f->arena, &file));
    return file;
}

static Str card_file(Fixture *f)
{
    Str body;

    EXPECT_OK(card_write(&f->card, f->arena, &body));
    return signed_by(f, body);
}

static Str letter_file(Fixture *f)
{
    Str body;

    EXPECT_OK(letter_write(&f->letter, f->arena, &body));
    return signed_by(f, body);
}

static Err read_card(Fixture *f, Str file)
{
    Card card;

    TRY(card_read(file, f->arena, &card));
    return document_signature_check(f->card.sender, &card.document, card.signature);
}

static Err read_letter(Fixture *f, Str file)
{
    Letter letter;

    TRY(letter_read(file, &letter));
    return document_signature_check(f->card.sender, &letter.document, letter.signature);
}

static Str with_bit(Fixture *f, Str file, size_t at)
{
    char *bytes = NULL;

    EXPECT_OK(arena_alloc_bytes(f->arena, file.length, &bytes));
    memcpy(bytes, file.data, file.length);
    bytes[at] ^= 1;
    return str_from_bytes(bytes, file.length);
}

static void expect_hash(Str file, const char *expected)
{
    uint8_t hash[HASH_BYTES];
    char text[2 * HASH_BYTES + 1];

    EXPECT_OK(sha256(file, hash));
    for (size_t i = 0; i < HASH_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", hash[i]);
    printf("# %s\n", text);
    EXPECT(strcmp(text, expected) == 0);
}

TEST(a_card_is_read_as_it_was_written_and_its_fingerprint_is_of_its_keys)
{
    FIXTURE(f);
    uint8_t first[FINGERPRINT_BYTES], second[FINGERPRINT_BYTES];
    Card card;

    EXPECT_OK(card_read(card_file(&f), f.arena, &card));
    EXPECT(id_equal(card.municipality, id_of(2)) && str_equal(card.number, STR("1103")) && str_equal(card.name, STR("Sørvær")));
    EXPECT(card.unit_count == 2 && id_equal(card.units[1].id, id_of(5)) && str_equal(card.units[0].name, STR("Bjørkelia skole")));
    EXPECT_OK(card_fingerprint(&card, first));
    card.made_at++;
    EXPECT_OK(card_fingerprint(&card, second));
    EXPECT(memcmp(first, second, sizeof first) == 0);
    card.recipient[0] ^= 1;
    EXPECT_OK(card_fingerprint(&card, second));
    EXPECT(memcmp(first, second, sizeof first) != 0);
}

TEST(a_letter_is_read_as_it_was_written)
{
    FIXTURE(f);
    Letter letter;

    f.letter.kind = LETTER_TAKES;
    f.letter.holder = id_of(6);
    f.letter.taken_by = id_of(8);
    EXPECT_OK(letter_read(letter_file(&f), &letter));
    EXPECT(letter.kind == LETTER_TAKES && id_equal(letter.holder, id_of(6)) && id_equal(letter.taken_by, id_of(8)) &&
           id_equal(letter.to, id_of(3)) && letter.on_at == f.letter.on_at && str_equal(letter.place, f.letter.place));
}

TEST(a_bit_that_is_flipped_anywhere_in_either_is_found)
{
    FIXTURE(f);
    Str card = card_file(&f), letter = letter_file(&f);

    EXPECT_OK(read_card(&f, card));
    EXPECT_OK(read_letter(&f, letter));
    for (size_t at = 0; at < card.length; at++)
        EXPECT(!is_ok(read_card(&f, with_bit(&f, card, at))));
    for (size_t at = 0; at < letter.length; at++)
        EXPECT(!is_ok(read_letter(&f, with_bit(&f, letter, at))));
}

TEST(what_is_cut_goes_on_or_holds_no_line_of_text_is_neither)
{
    FIXTURE(f);
    Str card = card_file(&f), letter = letter_file(&f);
    Card read;
    Letter told;

    for (size_t length = 0; length < card.length; length++)
        EXPECT_ERR(card_read(str_slice(card, 0, length), f.arena, &read), E_MALFORMED);
    for (size_t length = 0; length < letter.length; length++)
        EXPECT_ERR(letter_read(str_slice(letter, 0, length), &told), E_MALFORMED);
    f.letter.place = STR("two\nlines");
    EXPECT_ERR(letter_read(letter_file(&f), &told), E_MALFORMED);
    f.letter.place = STR("\xff");
    EXPECT_ERR(letter_read(letter_file(&f), &told), E_MALFORMED);
    f.card.number = STR("110");
    EXPECT_ERR(card_read(card_file(&f), f.arena, &read), E_MALFORMED);
    f.card.unit_count = CARD_UNITS_MAX + 1;
    EXPECT_ERR(card_write(&f.card, f.arena, &card), E_TOO_LARGE);
}

TEST(a_file_says_what_it_is_by_its_first_bytes)
{
    FIXTURE(f);

    EXPECT(post_kind(card_file(&f)) == POST_CARD && post_kind(letter_file(&f)) == POST_LETTER);
    EXPECT(post_kind(STR("stafettlogg-parcel-1\n")) == POST_PARCEL && post_kind(STR("stafettlogg-parcel-2\n")) == POST_NONE);
}

TEST(their_bytes_are_held_fast)
{
    FIXTURE(f);

    expect_hash(card_file(&f), "415340b76f9ee301b8b9daf8d3be0744c70ab4d7486956fc1809cae872332fda");
    expect_hash(letter_file(&f), "da0300149a474bfc13957ca5c7cbbca314358ca50a8230a2fd79ffff0e8aec99");
}

RUN_TESTS("letter")

/* The bytes of a publication, held for ever, and what is read of bytes that nobody wrote.
 * Must not depend on how masks are found: the work is made by hand.
 * Run by meson test. */
#include "cube/lab.h"

/* One organisation, one category, one severity, one year: a whole with its total, an organisation, four quarters, a level. */
static const CubeDims SMALL = {CUBE_ATTENTIONS, 1, 1, 1, 0, 2026 * 4, 2026 * 4 + 3};

static Work small_work(Arena *arena)
{
    static CubeFact facts[7];
    static CubeFacts all = {.facts = facts, .count = COUNT_OF(facts)};
    Work work = {0};

    all.dims = SMALL;
    for (size_t i = 0; i < COUNT_OF(facts); i++)
        facts[i] = (CubeFact){.quarter = 2026 * 4 + 2};
    EXPECT_OK(work_new(&all, &CUBE_OPTIONS, arena, &work));
    work.flags[0] = work.flags[1] = CELL_SHOWN;
    memset(work.logs, 5, star_cells(&work.star));
    return work;
}

static void expect_hex(Arena *arena, Str bytes, const char *hex)
{
    Buf buf = buf_new(arena, 1 << 16);
    Str text;

    buf_add_hex(&buf, bytes);
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT_STR(text, hex);
}

#define TWO_MASKS "ffffffffffffffff"
#define HASH "a1000000000000000000000000000000000000000000000000000000000000a2"

TEST(a_ledger_has_these_bytes)
{
    TEST_ARENA(arena);
    Work work = small_work(arena);
    uint8_t hash[HASH_BYTES] = {[0] = 0xA1, [31] = 0xA2};
    Str bytes;

    EXPECT_OK(numbers_encode(&work, NUMBERS_LEDGER, hash, arena, &bytes));
    expect_hex(arena, bytes, "534c435542450102010001010100" "1fa81fab00" HASH "0000000700000007" TWO_MASKS
               TWO_MASKS TWO_MASKS TWO_MASKS TWO_MASKS TWO_MASKS);
}

TEST(shown_numbers_have_these_bytes)
{
    TEST_ARENA(arena);
    Work work = small_work(arena);
    uint8_t hash[HASH_BYTES] = {[0] = 0xA1, [31] = 0xA2};
    Str bytes;

    EXPECT_OK(numbers_encode(&work, NUMBERS_SHOWN, hash, arena, &bytes));
    expect_hex(arena, bytes, "534c435542450101010001010100" "1fa81fab00" HASH "0000000700000007" "0000000700000007" TWO_MASKS TWO_MASKS
               TWO_MASKS TWO_MASKS TWO_MASKS TWO_MASKS TWO_MASKS TWO_MASKS TWO_MASKS TWO_MASKS TWO_MASKS TWO_MASKS);
}

TEST(certificates_have_these_bytes)
{
    TEST_ARENA(arena);
    Work work = small_work(arena);
    uint8_t hash[HASH_BYTES] = {[0] = 0xA1, [31] = 0xA2};
    static const Change changes[] = {{3, -1}, {4, 1}};
    Str bytes;

    EXPECT_OK(certificates_add(&work.certificates, (Certificate){changes, 2}, arena));
    EXPECT_OK(secrets_encode(&work, hash, arena, &bytes));
    expect_hex(arena, bytes, "534c43455254" "01000000" HASH "0505050505050505050505050505" "00000001"
               "00000002" "00000003ffffffff" "0000000400000001");
}

TEST(what_is_read_is_what_was_written)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Town town = town_measures(6, 3, 900, 1);
    Lab lab = lab_town(arena, &town);
    Numbers ledger;
    Secrets secrets;
    Star star;

    EXPECT_OK(lab_freeze(&lab));
    EXPECT_OK(numbers_decode(lab.publication.ledger, NUMBERS_LEDGER, &ledger));
    EXPECT_OK(star_new(&ledger.dims, &star));
    EXPECT_OK(secrets_decode(lab.publication.certificates, &star, arena, &secrets));
    EXPECT(secrets.certificates.count == lab.figures.certificates && secrets.logs.length == star_cells(&star));
}

TEST(cut_certificates_are_refused_wherever_they_are_cut)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Town town = town_attentions(4, 1, 300, 1);
    Lab lab = lab_town(arena, &town);
    Secrets secrets;
    Star star;

    EXPECT_OK(lab_freeze(&lab));
    EXPECT_OK(star_new(&town.dims, &star));
    for (size_t length = 0; length < lab.publication.certificates.length; length++)
        EXPECT_ERR(secrets_decode(str_slice(lab.publication.certificates, 0, length), &star, arena, &secrets), E_TRUNCATED);
}

RUN_TESTS("encode")

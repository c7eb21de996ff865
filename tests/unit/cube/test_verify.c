/* Damage of every kind to a publication is found: more shown than may be, numbers changed, certificates left out or changed.
 * Must not damage what freeze would not have written whole: the hashes that tie the parts are made anew each time.
 * Run by meson test. */
#include "crypto/hash.h"
#include "cube/lab.h"

#define LEDGER_OF_SHOWN 19  /* where the hash of the ledger stands in the shown bytes */
#define LEDGER_OF_SECRETS 10

typedef struct Damaged {
    CubePublication publication;
    char *shown, *ledger, *secrets;
} Damaged;

static char *copy(Arena *arena, Str *text)
{
    char *bytes;

    EXPECT_OK(arena_alloc_bytes(arena, text->length, &bytes));
    memcpy(bytes, text->data, text->length);
    text->data = bytes;
    return bytes;
}

static Damaged damage(const Lab *lab)
{
    Damaged damaged = {.publication = lab->publication};

    damaged.shown = copy(lab->arena, &damaged.publication.shown);
    damaged.ledger = copy(lab->arena, &damaged.publication.ledger);
    damaged.secrets = copy(lab->arena, &damaged.publication.certificates);
    return damaged;
}

/* As somebody would who wants to hide it. */
static void tie(Damaged *damaged)
{
    uint8_t hash[HASH_BYTES];

    EXPECT_OK(sha256(damaged->publication.ledger, hash));
    memcpy(damaged->shown + LEDGER_OF_SHOWN, hash, HASH_BYTES);
    memcpy(damaged->secrets + LEDGER_OF_SECRETS, hash, HASH_BYTES);
}

static void put(char *at, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(number >> (24 - 8 * i));
}

/* The number of a cell, in both files. */
static void set_number(Damaged *damaged, const Star *star, uint32_t cell, uint32_t number)
{
    Place place = star_cell_place(star, cell);
    uint32_t width = star->categories + 1, before = star->cell_at[place.side] / star->periods / width;

    put(damaged->ledger + NUMBERS_HEAD + 4 * (size_t)cell, number);
    for (uint32_t i = 0; i <= star->years && star_offers(star, place); i++)
        if (numbers_period(star, NUMBERS_SHOWN, i) == place.period)
            put(damaged->shown + NUMBERS_HEAD + 4 * (size_t)(((before + place.value) * (star->years + 1) + i) * width + place.category),
                number);
    tie(damaged);
}

typedef struct Truth {
    Lab lab;
    Star star;
    uint32_t *numbers;
    Numbers ledger;
} Truth;

static Truth truth_of(Arena *arena)
{
    Town town = town_attentions(5, 2, 700, 2);
    Truth truth = {.lab = lab_town(arena, &town)};
    int32_t *entries;

    EXPECT_OK(lab_freeze(&truth.lab));
    EXPECT_OK(star_new(&town.dims, &truth.star));
    EXPECT_OK(ARENA_NEW(arena, int32_t, star_entries(&truth.star), &entries));
    EXPECT_OK(ARENA_NEW(arena, uint32_t, star_cells(&truth.star), &truth.numbers));
    EXPECT_OK(star_count(&truth.star, &truth.lab.freeze.facts, entries));
    star_sum(&truth.star, entries, truth.numbers);
    EXPECT_OK(numbers_decode(truth.lab.publication.ledger, NUMBERS_LEDGER, &truth.ledger));
    return truth;
}

TEST(each_masked_number_that_is_shown_after_all_is_found)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Truth truth = truth_of(arena);
    Damaged damaged = damage(&truth.lab);
    uint32_t found[CUBE_FAULT_PAIR + 1] = {0}, shown = 0;

    for (uint32_t cell = 0; cell < star_cells(&truth.star); cell++) {
        if (numbers_at(&truth.ledger, cell) != MASKED || !star_offers(&truth.star, star_cell_place(&truth.star, cell)))
            continue;
        set_number(&damaged, &truth.star, cell, truth.numbers[cell]);
        found[lab_verify(&truth.lab, &damaged.publication).fault]++;
        shown++;
        set_number(&damaged, &truth.star, cell, MASKED);
    }
    EXPECT(shown > 100 && found[CUBE_FAULT_NONE] == 0);
    EXPECT(found[CUBE_FAULT_RULE] > 0 && found[CUBE_FAULT_LINE] > 0 && found[CUBE_FAULT_CERTIFICATE] > 0);
}

TEST(each_number_that_is_changed_is_found)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Truth truth = truth_of(arena);
    Damaged damaged = damage(&truth.lab);

    for (uint32_t cell = 0; cell < star_cells(&truth.star); cell++) {
        uint32_t number = numbers_at(&truth.ledger, cell);
        if (number == MASKED)
            continue;
        set_number(&damaged, &truth.star, cell, number + 1);
        EXPECT(lab_verify(&truth.lab, &damaged.publication).fault == CUBE_FAULT_NUMBER);
        set_number(&damaged, &truth.star, cell, number);
    }
    EXPECT(lab_verify(&truth.lab, &damaged.publication).fault == CUBE_FAULT_NONE);
}

TEST(a_page_that_shows_other_than_the_ledger_is_found)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Truth truth = truth_of(arena);
    Damaged damaged = damage(&truth.lab);

    for (size_t at = NUMBERS_HEAD + 3; at < damaged.publication.shown.length; at += 40) {
        damaged.shown[at] ^= 1;
        EXPECT(lab_verify(&truth.lab, &damaged.publication).fault == CUBE_FAULT_SHOWN);
        damaged.shown[at] ^= 1;
    }
}

TEST(a_ledger_of_another_publication_is_found)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Truth truth = truth_of(arena);
    Damaged damaged = damage(&truth.lab);

    damaged.ledger[LEDGER_OF_SHOWN] ^= 1;
    EXPECT(lab_verify(&truth.lab, &damaged.publication).fault == CUBE_FAULT_PAIR);
    tie(&damaged);
    EXPECT(lab_verify(&truth.lab, &damaged.publication).fault == CUBE_FAULT_LEDGER);
}

/* ---- Certificates ---- */

static size_t count_at(const Truth *truth)
{
    return LEDGER_OF_SECRETS + HASH_BYTES + star_cells(&truth->star);
}

static uint32_t get(const char *at)
{
    Cursor cursor = cursor_new(str_from_bytes(at, 4));

    return cursor_u32(&cursor);
}

/* The publication without the certificate at `index`. */
static CubePublication without(const Truth *truth, uint32_t index)
{
    CubePublication publication = truth->lab.publication;
    size_t at = count_at(truth) + 4;
    char *bytes = copy(truth->lab.arena, &publication.certificates);
    uint32_t count = get(bytes + count_at(truth));

    for (uint32_t i = 0; i < index; i++)
        at += 4 + 8 * (size_t)get(bytes + at);
    size_t gone = 4 + 8 * (size_t)get(bytes + at);
    memmove(bytes + at, bytes + at + gone, publication.certificates.length - at - gone);
    put(bytes + count_at(truth), count - 1);
    publication.certificates.length -= gone;
    return publication;
}

TEST(each_certificate_that_is_left_out_is_missed)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Truth truth = truth_of(arena);
    uint32_t count = get(truth.lab.publication.certificates.data + count_at(&truth));

    EXPECT(count > 20 && count == truth.lab.figures.certificates);
    for (uint32_t i = 0; i < count; i++) {
        CubePublication publication = without(&truth, i);
        CubeFault fault = lab_verify(&truth.lab, &publication).fault;
        EXPECT(fault == CUBE_FAULT_UNCERTIFIED || fault == CUBE_FAULT_DEEP);
    }
}

TEST(each_certificate_that_is_changed_is_found)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Truth truth = truth_of(arena);
    Damaged damaged = damage(&truth.lab);
    size_t at = count_at(&truth) + 4;

    for (uint32_t i = 0; i < truth.lab.figures.certificates; i++) {
        uint32_t changes = get(damaged.secrets + at);
        damaged.secrets[at + 11] ^= 1; /* how many more of its first entry */
        EXPECT(lab_verify(&truth.lab, &damaged.publication).fault == CUBE_FAULT_CERTIFICATE);
        damaged.secrets[at + 11] ^= 1;
        at += 4 + 8 * (size_t)changes;
    }
}

TEST(fewer_logs_behind_a_number_than_are_needed_is_found)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Truth truth = truth_of(arena);
    Damaged damaged = damage(&truth.lab);
    size_t logs = LEDGER_OF_SECRETS + HASH_BYTES;

    for (uint32_t cell = 0; cell < star_cells(&truth.star); cell++) {
        if (numbers_at(&truth.ledger, cell) == MASKED || truth.numbers[cell] == 0)
            continue;
        char before = damaged.secrets[logs + cell];
        damaged.secrets[logs + cell] = 2;
        EXPECT(lab_verify(&truth.lab, &damaged.publication).fault == CUBE_FAULT_UNCERTIFIED);
        damaged.secrets[logs + cell] = before;
    }
}

RUN_TESTS("verify")

/* What is published of invented towns: certified, bound to what was shown before, less where little is known, and never more.
 * Must not look for leaks by computing: tests/cube/cube_attack.py does.
 * Run by meson test. */
#include "cube/lab.h"

#define ROWS 64

static uint32_t answer(const CubeShown *shown, CubeQuestion question, uint32_t *rows)
{
    CubeAnswer given = {0};

    EXPECT(cube_rows(shown, &question) <= ROWS);
    EXPECT_OK(cube_answer(shown, &question, rows, &given));
    return given.total;
}

static uint32_t number(const CubeShown *shown, uint16_t category, uint16_t year, CubeSide side, uint16_t value)
{
    uint32_t rows[ROWS];

    return answer(shown, (CubeQuestion){category, year, side, value}, rows);
}

TEST(every_publication_verifies)
{
    static const size_t sizes[] = {1, 30, 150, 400, 2500};

    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        for (uint64_t seed = 1; seed <= 3; seed++) {
            AUTO(arena_freep) Arena *arena = lab_arena();
            Town towns[] = {town_attentions(20, 2, sizes[i], seed), town_measures(6, 3, sizes[i], seed)};
            for (size_t k = 0; k < COUNT_OF(towns); k++) {
                Lab lab = lab_town(arena, &towns[k]);
                EXPECT_OK(lab_freeze(&lab));
                EXPECT(lab_verify(&lab, &lab.publication).fault == CUBE_FAULT_NONE);
            }
        }
}

TEST(most_of_what_the_rules_would_show_is_shown)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Town town = town_attentions(20, 2, 2500, 3);
    Lab lab = lab_town(arena, &town);

    EXPECT_OK(lab_freeze(&lab));
    EXPECT(lab.figures.offered == 1040 && lab.figures.shown > 650 && lab.figures.dropped == 0);
}

TEST(the_same_seed_gives_the_same_publication_and_another_one_other_masks)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Town town = town_attentions(20, 2, 2500, 3);
    Lab first = lab_town(arena, &town), again = first, other = first;

    other.freeze.seed[31] = 1;
    EXPECT_OK(lab_freeze(&first));
    EXPECT_OK(lab_freeze(&again));
    EXPECT_OK(lab_freeze(&other));
    EXPECT(str_equal(first.publication.shown, again.publication.shown));
    EXPECT(str_equal(first.publication.ledger, again.publication.ledger));
    EXPECT(str_equal(first.publication.certificates, again.publication.certificates));
    EXPECT(!str_equal(first.publication.shown, other.publication.shown));
}

/* ---- Later publications ---- */

/* The facts of all quarters up to last; those that were published have lost their tags. */
static void go_on(Lab *lab, const Lab *whole, uint16_t last, uint16_t published)
{
    CubeFact *facts;
    size_t count = 0;

    EXPECT_OK(ARENA_NEW(lab->arena, CubeFact, whole->freeze.facts.count, &facts));
    for (size_t i = 0; i < whole->freeze.facts.count; i++)
        if (whole->freeze.facts.facts[i].quarter <= last) {
            facts[count] = whole->freeze.facts.facts[i];
            if (facts[count].quarter <= published)
                memset(facts[count].tag, 0, CUBE_TAG_BYTES);
            count++;
        }
    lab->freeze.facts = (CubeFacts){whole->freeze.facts.dims, facts, count};
    lab->freeze.facts.dims.last = last;
    lab->freeze.ledger = lab->publication.ledger;
    lab->freeze.certificates = lab->publication.certificates;
}

static void expect_all_still_shown(Str before, Str after)
{
    Numbers old, new;
    Star of_old, of_new;
    uint32_t shown = 0;

    EXPECT_OK(numbers_decode(before, NUMBERS_LEDGER, &old));
    EXPECT_OK(numbers_decode(after, NUMBERS_LEDGER, &new));
    EXPECT_OK(star_new(&old.dims, &of_old));
    EXPECT_OK(star_new(&new.dims, &of_new));
    for (uint32_t cell = 0; cell < star_cells(&of_old); cell++) {
        Place place = star_cell_place(&of_old, cell);
        if (star_is_span(&of_old, place.period))
            place.period = star_span(&of_new, star_last_year(&of_old, place.period));
        if (numbers_at(&old, cell) != MASKED) {
            EXPECT(numbers_at(&new, star_cell(&of_new, place)) == numbers_at(&old, cell));
            shown++;
        }
    }
    EXPECT(shown > 0);
}

TEST(what_was_shown_half_a_year_ago_is_shown_as_it_was_for_six_publications)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Town town = town_attentions(12, 3, 2400, 5);
    Lab whole = lab_town(arena, &town), lab = whole;
    uint16_t published = 0;

    for (uint16_t last = town.dims.first + 1; last <= town.dims.last; published = last, last += 2) {
        go_on(&lab, &whole, last, published);
        EXPECT_OK(lab_freeze(&lab));
        EXPECT(lab_verify(&lab, &lab.publication).fault == CUBE_FAULT_NONE);
        if (published != 0)
            expect_all_still_shown(lab.freeze.ledger, lab.publication.ledger);
    }
    CubeShown shown = lab_open(&lab);
    EXPECT(cube_closed_years(&shown) == 3 && number(&shown, CUBE_ALL, CUBE_ALL, CUBE_WHOLE, CUBE_ALL) == 2400);
}

TEST(facts_that_do_not_give_the_numbers_of_the_ledger_are_refused)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Town town = town_attentions(12, 2, 2400, 5);
    Lab whole = lab_town(arena, &town), lab = whole;

    go_on(&lab, &whole, town.dims.first + 3, 0);
    EXPECT_OK(lab_freeze(&lab));
    go_on(&lab, &whole, town.dims.last, town.dims.first + 3);
    for (size_t i = 0; i < lab.freeze.facts.count; i++)
        if (lab.freeze.facts.facts[i].quarter == town.dims.first) {
            lab.freeze.facts.facts += i + 1; /* without one that was published */
            lab.freeze.facts.count -= i + 1;
            break;
        }
    EXPECT_ERR(lab_freeze(&lab), E_FORGED);
}

TEST(a_ledger_and_the_certificates_of_another_do_not_go_together)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Town town = town_attentions(12, 2, 2400, 5);
    Lab whole = lab_town(arena, &town), lab = whole, other = whole;

    other.freeze.seed[0] = 9;
    go_on(&lab, &whole, town.dims.first + 3, 0);
    go_on(&other, &whole, town.dims.first + 3, 0);
    EXPECT_OK(lab_freeze(&lab));
    EXPECT_OK(lab_freeze(&other));
    lab.publication.certificates = other.publication.certificates;
    go_on(&lab, &whole, town.dims.last, town.dims.first + 3);
    EXPECT_ERR(lab_freeze(&lab), E_FORGED);
}

TEST(a_year_that_is_not_over_has_quarters_of_the_municipality_and_nothing_else)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Town town = town_attentions(12, 2, 2400, 5);
    Lab whole = lab_town(arena, &town), lab = whole;
    uint32_t rows[ROWS];

    go_on(&lab, &whole, town.dims.last - 2, 0);
    EXPECT_OK(lab_freeze(&lab));
    CubeShown shown = lab_open(&lab);
    EXPECT(number(&shown, CUBE_ALL, 2025, CUBE_QUARTER, 0) != MASKED);
    EXPECT(answer(&shown, (CubeQuestion){CUBE_ALL, 2025, CUBE_QUARTER, CUBE_EACH}, rows) == MASKED);
    EXPECT(rows[0] != MASKED && rows[1] != MASKED && rows[2] == MASKED);
    EXPECT(cube_rows(&shown, &(CubeQuestion){CUBE_ALL, 2025, CUBE_WHOLE, CUBE_ALL}) == 0);
    EXPECT(cube_rows(&shown, &(CubeQuestion){CUBE_EACH, 2025, CUBE_ORGANISATION, 1}) == 0);
    EXPECT(cube_rows(&shown, &(CubeQuestion){CUBE_ALL, CUBE_ALL, CUBE_QUARTER, CUBE_EACH}) == 6);
}

/* ---- Little is known, and less is shown ---- */

static CubeFact fact(uint16_t organisation, uint8_t category, uint8_t level, uint64_t child)
{
    CubeFact made = {.quarter = 2026 * 4 + 1, .organisation = organisation, .category = category, .level = level};

    memcpy(made.tag, &child, sizeof child);
    return made;
}

static const CubeDims YEAR = {CUBE_ATTENTIONS, 3, 4, 3, 0, 2026 * 4, 2026 * 4 + 3};

TEST(a_municipality_with_three_facts_shows_nothing)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    CubeFact facts[] = {fact(0, 0, 0, 1), fact(0, 0, 0, 2), fact(0, 0, 0, 3)};
    Lab lab = lab_of(arena, &YEAR, facts, COUNT_OF(facts));

    EXPECT_OK(lab_freeze(&lab));
    EXPECT(lab.figures.shown == 0 && lab_verify(&lab, &lab.publication).fault == CUBE_FAULT_NONE);
}

TEST(a_municipality_with_no_facts_shows_the_same_bytes_as_one_with_four)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    CubeFact facts[] = {fact(0, 0, 0, 1), fact(0, 1, 0, 2), fact(1, 0, 0, 3), fact(0, 0, 2, 4)};
    Lab none = lab_of(arena, &YEAR, facts, 0), four = lab_of(arena, &YEAR, facts, COUNT_OF(facts));
    Numbers of_none, of_four;

    EXPECT_OK(lab_freeze(&none));
    EXPECT_OK(lab_freeze(&four));
    EXPECT_OK(numbers_decode(none.publication.shown, NUMBERS_SHOWN, &of_none));
    EXPECT_OK(numbers_decode(four.publication.shown, NUMBERS_SHOWN, &of_four));
    EXPECT(str_equal(of_none.numbers, of_four.numbers));
}

/* 200 facts of many children in two organisations, and `more` of the third. */
static Lab lab_with(Arena *arena, uint32_t more, bool of_one_child)
{
    CubeFact *facts;

    EXPECT_OK(ARENA_NEW(arena, CubeFact, 200 + more, &facts));
    for (uint32_t i = 0; i < 200; i++)
        facts[i] = fact(i % 2, (uint8_t)(i / 2 % 4), (uint8_t)(i % 3), i + 1);
    for (uint32_t i = 0; i < more; i++)
        facts[200 + i] = fact(2, (uint8_t)(i % 2), 0, of_one_child ? 1000 : 1000 + i);
    Lab lab = lab_of(arena, &YEAR, facts, 200 + more);
    EXPECT_OK(lab_freeze(&lab));
    return lab;
}

TEST(an_organisation_with_no_facts_and_one_with_four_answer_alike_to_every_question_about_them)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Lab none = lab_with(arena, 0, false), four = lab_with(arena, 4, false);
    CubeShown of_none = lab_open(&none), of_four = lab_open(&four);
    uint32_t a[ROWS] = {0}, b[ROWS] = {0};

    for (uint16_t category = 0; category <= 5; category++) {
        CubeQuestion q = {category == 4 ? CUBE_EACH : category == 5 ? CUBE_ALL : category, 2026, CUBE_ORGANISATION, 2};
        EXPECT(answer(&of_none, q, a) == answer(&of_four, q, b));
        EXPECT(memcmp(a, b, sizeof a) == 0);
    }
}

TEST(many_registrations_of_one_child_are_masked_as_few)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Lab one = lab_with(arena, 24, true), many = lab_with(arena, 24, false);
    CubeShown of_one = lab_open(&one), of_many = lab_open(&many);
    uint32_t rows[ROWS];

    EXPECT(number(&of_many, CUBE_ALL, 2026, CUBE_ORGANISATION, 2) == 24);
    EXPECT(answer(&of_one, (CubeQuestion){CUBE_EACH, 2026, CUBE_ORGANISATION, 2}, rows) == MASKED);
    EXPECT(rows[0] == MASKED && rows[1] == MASKED);
}

TEST(a_year_with_fewer_than_a_hundred_facts_has_the_municipality_level_only)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Town town = town_attentions(4, 1, 99, 1);
    Lab lab = lab_town(arena, &town);

    EXPECT_OK(lab_freeze(&lab));
    CubeShown shown = lab_open(&lab);
    EXPECT(number(&shown, CUBE_ALL, 2024, CUBE_WHOLE, CUBE_ALL) == 99);
    for (uint16_t organisation = 0; organisation < 4; organisation++)
        EXPECT(number(&shown, CUBE_ALL, 2024, CUBE_ORGANISATION, organisation) == MASKED);
}

TEST(a_distribution_in_which_one_category_holds_all_is_masked_where_the_municipality_wants_it)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    CubeFact facts[220];
    uint32_t rows[ROWS];

    for (uint32_t i = 0; i < 220; i++)
        facts[i] = i < 200 ? fact(i % 2, (uint8_t)(i / 2 % 4), (uint8_t)(i % 3), i + 1) : fact(2, 3, (uint8_t)(i % 3), i + 1);
    Lab lab = lab_of(arena, &YEAR, facts, 220);
    lab.freeze.options.mask_homogeneous = true;
    EXPECT_OK(lab_freeze(&lab));
    CubeShown shown = lab_open(&lab);
    answer(&shown, (CubeQuestion){CUBE_EACH, 2026, CUBE_ORGANISATION, 2}, rows);
    EXPECT(rows[3] == MASKED);
}

/* ---- Facts that cannot be ---- */

TEST(a_fact_outside_the_lists_is_refused)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    CubeFact wrong[] = {fact(3, 0, 0, 1), fact(0, 4, 0, 1), fact(0, 0, 3, 1), fact(0, 0, 0, 1), fact(0, 0, 0, 1)};

    wrong[3].quarter = 2027 * 4;
    wrong[4].attention = 1;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        Lab lab = lab_of(arena, &YEAR, &wrong[i], 1);
        EXPECT_ERR(lab_freeze(&lab), E_RANGE);
    }
}

TEST(progress_goes_up_to_the_end)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Town town = town_attentions(4, 1, 500, 1);
    Lab lab = lab_town(arena, &town);

    EXPECT_OK(lab_freeze(&lab));
    EXPECT(lab.figures.sensitive > 0 && lab.figures.certificates > 0);
}

RUN_TESTS("publication")

/* What can be asked of a publication, and what cannot.
 * Must not need facts: answers come out of the shown bytes.
 * Run by meson test. */
#include "cube/lab.h"

#define ROWS 64

static CubeShown town_shown(Arena *arena, Lab *lab)
{
    Town town = town_measures(5, 2, 3000, 4);

    *lab = lab_town(arena, &town);
    EXPECT_OK(lab_freeze(lab));
    return lab_open(lab);
}

static bool is_offered(const CubeShown *shown, uint16_t category, uint16_t year, CubeSide side, uint16_t value)
{
    CubeQuestion question = {category, year, side, value};
    uint32_t rows[ROWS];
    CubeAnswer answer;

    bool offered = cube_rows(shown, &question) > 0;
    EXPECT(is_ok(cube_answer(shown, &question, rows, &answer)) == offered);
    return offered;
}

TEST(what_is_not_on_offer_is_refused_without_a_word_more)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Lab lab;
    CubeShown shown = town_shown(arena, &lab);

    EXPECT(is_offered(&shown, CUBE_EACH, 2024, CUBE_WHOLE, CUBE_ALL));
    EXPECT(!is_offered(&shown, CUBE_EACH, CUBE_EACH, CUBE_WHOLE, CUBE_ALL));
    EXPECT(!is_offered(&shown, CUBE_EACH, 2024, CUBE_LEVEL, CUBE_EACH));
    EXPECT(!is_offered(&shown, 8, 2024, CUBE_WHOLE, CUBE_ALL));
    EXPECT(!is_offered(&shown, 0, 2023, CUBE_WHOLE, CUBE_ALL));
    EXPECT(!is_offered(&shown, 0, 2026, CUBE_WHOLE, CUBE_ALL));
    EXPECT(!is_offered(&shown, 0, 2024, CUBE_ORGANISATION, 5));
    EXPECT(!is_offered(&shown, 0, 2024, CUBE_ORGANISATION, CUBE_ALL));
    EXPECT(!is_offered(&shown, 0, 2024, CUBE_WHOLE, 0));
    EXPECT(!is_offered(&shown, 0, 2024, CUBE_SIDES, 0));
    EXPECT(!is_offered(&shown, 0, CUBE_ALL, CUBE_QUARTER, 1));
    EXPECT(!is_offered(&shown, 0, 2024, CUBE_QUARTER, 4));
}

TEST(rows_that_are_parts_add_up_to_the_total)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Lab lab;
    CubeShown shown = town_shown(arena, &lab);
    CubeQuestion questions[] = {
        {CUBE_EACH, 2024, CUBE_WHOLE, CUBE_ALL}, {CUBE_ALL, 2025, CUBE_ORGANISATION, CUBE_EACH},
        {CUBE_ALL, CUBE_EACH, CUBE_WHOLE, CUBE_ALL}, {CUBE_ALL, CUBE_ALL, CUBE_LEVEL, CUBE_EACH},
        {CUBE_ALL, 2024, CUBE_QUARTER, CUBE_EACH}, {CUBE_ALL, CUBE_ALL, CUBE_ATTENTION, CUBE_EACH},
    };

    for (size_t i = 0; i < COUNT_OF(questions); i++) {
        uint32_t rows[ROWS], sum = 0;
        CubeAnswer answer;
        EXPECT_OK(cube_answer(&shown, &questions[i], rows, &answer));
        for (uint32_t row = 0; row < answer.rows; row++)
            sum += rows[row];
        EXPECT(answer.parts && answer.total != MASKED && sum == answer.total);
    }
}

TEST(a_category_that_was_chosen_shows_no_number_below_five_of_a_filter)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Lab lab;
    CubeShown shown = town_shown(arena, &lab);

    for (uint16_t category = 0; category < 8; category++)
        for (uint16_t organisation = 0; organisation < 5; organisation++) {
            uint32_t rows[ROWS];
            CubeAnswer answer;
            CubeQuestion question = {category, CUBE_EACH, CUBE_ORGANISATION, organisation};
            EXPECT_OK(cube_answer(&shown, &question, rows, &answer));
            EXPECT(answer.rows == 2);
            for (uint32_t row = 0; row < answer.rows; row++)
                EXPECT(rows[row] == MASKED || rows[row] >= 5);
        }
}

TEST(bytes_that_are_cut_or_changed_at_the_head_are_refused)
{
    AUTO(arena_freep) Arena *arena = lab_arena();
    Lab lab;
    (void)town_shown(arena, &lab);
    Str bytes = lab.publication.shown;
    CubeShown shown;
    char *copy;

    EXPECT_ERR(cube_shown_open(str_slice(bytes, 0, bytes.length - 1), &shown), E_TRUNCATED);
    EXPECT_ERR(cube_shown_open(str_slice(bytes, 0, 10), &shown), E_TRUNCATED);
    EXPECT_ERR(cube_shown_open(lab.publication.ledger, &shown), E_MALFORMED);
    EXPECT_OK(arena_alloc_bytes(arena, bytes.length + 1, &copy));
    memcpy(copy, bytes.data, bytes.length);
    EXPECT_ERR(cube_shown_open(str_from_bytes(copy, bytes.length + 1), &shown), E_MALFORMED);
    for (size_t i = 0; i < 9; i++) {
        copy[i] ^= 0x40;
        EXPECT_ERR(cube_shown_open(str_from_bytes(copy, bytes.length), &shown), E_MALFORMED);
        copy[i] ^= 0x40;
    }
}

RUN_TESTS("answer")

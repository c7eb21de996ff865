/* The picture beside figures: what a masked one must never change.
 * Run by meson test. */
#include "support/test.h"

#include "web/statistics/bars.h"

#define SHOWN(number) {.state = FIGURE_SHOWN, .count = (number)}
#define HIDDEN {.state = FIGURE_MASKED}
#define TABLE(rows_of, kind) {.columns = (kind), .rows = (rows_of), .count = COUNT_OF(rows_of), .parts = true}

static Bars bars_at(Arena *arena, const FiguresTable *table, uint32_t row)
{
    const BarScale scale = bars_scale(table);
    Bars bars = {0};

    EXPECT_OK(bars_of(&scale, &table->rows[row], arena, &bars));
    return bars;
}

static bool is_hatched(const BarView *bar)
{
    return bar->shade.length == 0 && str_equal(bar->width, STR("5%"));
}

TEST(a_masked_figure_is_hatched_always_as_long_whatever_stands_beside_it)
{
    TEST_ARENA(arena);
    static const uint32_t others[] = {0, 1, 7, 100000};

    for (size_t i = 0; i < COUNT_OF(others); i++) {
        const FiguresRow rows[] = {{.figures = {HIDDEN}}, {.figures = {SHOWN(others[i])}}};
        const FiguresTable table = TABLE(rows, FIGURES_ONE);
        const Bars bars = bars_at(arena, &table, 0);
        EXPECT(bars.count == 1 && is_hatched(&bars.items[0]) && str_equal(bars.items[0].x, STR("0")));
    }
}

TEST(what_is_not_offered_and_a_shown_zero_have_no_bar)
{
    TEST_ARENA(arena);
    const FiguresRow rows[] = {{.figures = {{.state = FIGURE_UNAVAILABLE}}}, {.figures = {SHOWN(0)}}, {.figures = {SHOWN(3)}}};
    const FiguresTable table = TABLE(rows, FIGURES_ONE);

    EXPECT(bars_at(arena, &table, 0).count == 0 && bars_at(arena, &table, 1).count == 0 && bars_at(arena, &table, 2).count == 1);
}

TEST(the_largest_shown_figure_fills_the_width_and_others_are_measured_by_it)
{
    TEST_ARENA(arena);
    const FiguresRow rows[] = {{.figures = {SHOWN(40)}}, {.figures = {SHOWN(10)}}, {.figures = {HIDDEN}}};
    const FiguresTable table = TABLE(rows, FIGURES_ONE);

    EXPECT_STR(bars_at(arena, &table, 0).items[0].width, "100.0%");
    EXPECT_STR(bars_at(arena, &table, 1).items[0].width, "25.0%");
}

TEST(a_unit_is_measured_beside_the_municipality_by_shares_and_only_where_its_total_is_shown)
{
    TEST_ARENA(arena);
    const FiguresRow rows[] = {{.figures = {SHOWN(5), SHOWN(25)}}, {.figures = {SHOWN(5), SHOWN(75)}}};
    FiguresTable table = TABLE(rows, FIGURES_BESIDE);

    table.total = (FiguresRow){.figures = {SHOWN(10), SHOWN(100)}};
    EXPECT_STR(bars_at(arena, &table, 0).items[0].width, "66.6%");
    EXPECT_STR(bars_at(arena, &table, 1).items[1].width, "100.0%");
    table.total.figures[0] = (Figure)HIDDEN;
    EXPECT(bars_at(arena, &table, 0).count == 1);
}

TEST(the_pieces_of_a_row_are_its_shares_and_one_hatched_piece_stands_for_all_that_is_masked)
{
    TEST_ARENA(arena);
    const FiguresRow rows[] = {{.figures = {SHOWN(50), HIDDEN, HIDDEN, SHOWN(25), [FIGURES_COLUMNS - 1] = SHOWN(100)}},
                               {.figures = {HIDDEN, HIDDEN, HIDDEN, HIDDEN, [FIGURES_COLUMNS - 1] = HIDDEN}}};
    const FiguresTable table = TABLE(rows, FIGURES_EACH_OUTCOME);
    const Bars some = bars_at(arena, &table, 0), none = bars_at(arena, &table, 1);

    EXPECT(some.count == 3 && is_hatched(&some.items[2]));
    EXPECT_STR(some.items[0].width, "47.0%");
    EXPECT_STR(some.items[1].x, "47.0%");
    EXPECT_STR(some.items[2].x, "70.5%");
    EXPECT(none.count == 1 && is_hatched(&none.items[0]));
}

TEST(no_row_of_pieces_is_longer_than_its_place)
{
    TEST_ARENA(arena);
    const FiguresRow rows[] = {
        {.figures = {SHOWN(14), SHOWN(14), SHOWN(14), SHOWN(14), SHOWN(14), SHOWN(14), SHOWN(15), [FIGURES_COLUMNS - 1] = SHOWN(99)}}};
    const FiguresTable table = TABLE(rows, FIGURES_EACH_OUTCOME);
    const Bars bars = bars_at(arena, &table, 0);

    EXPECT(bars.count == FIGURES_COLUMNS - 1);
    EXPECT_STR(bars.items[6].x, "79.2%");
    EXPECT_STR(bars.items[6].width, "14.2%");
}

RUN_TESTS("the picture beside figures")

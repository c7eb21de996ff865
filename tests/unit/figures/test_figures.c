/* Tables of figures out of a publication that was really frozen: what is masked has no number, no share and no place in an order.
 * Run by meson test. */
#include "support/test.h"

#include "cube/freeze.h"
#include "figures/figures.h"

#define FIRST (2023 * 4)
#define LAST (2025 * 4 + 1) /* two whole years, and half of a third */
#define UNITS 3
#define NEVER 17            /* positions of two categories: of one there is no fact, of the other four */
#define FEW 18
#define FACTS_MAX 5000

typedef struct Made {
    CubeFact facts[FACTS_MAX];
    size_t count;
    CubeDims dims;
    CubeShown shown;
} Made;

static void add(Made *made, unsigned times, CubeFact fact)
{
    for (unsigned i = 0; i < times; i++) {
        assert_true(made->count < FACTS_MAX);
        fact.tag[0] = (uint8_t)made->count;
        fact.tag[1] = (uint8_t)(made->count >> 8);
        fact.tag[2] = 1;
        made->facts[made->count++] = fact;
    }
}

/* Attentions of three units: many of the first categories, fewer of the later ones. */
static void make_attentions(Made *made)
{
    made->dims = (CubeDims){.family = CUBE_ATTENTIONS, .organisations = UNITS, .categories = 20, .levels = 3, .first = FIRST, .last = LAST};
    for (uint16_t quarter = FIRST; quarter <= LAST; quarter++)
        for (uint8_t category = 0; category < NEVER; category++)
            for (uint16_t unit = 0; unit < UNITS; unit++)
                add(made, category < 5 ? 6 - unit : category % 3, (CubeFact){quarter, unit, category, .level = (uint8_t)(category % 3)});
    add(made, 4, (CubeFact){FIRST, 0, FEW, .level = 1});
}

/* Measures: every other one ends well; of one there are two. */
static void make_measures(Made *made)
{
    made->dims = (CubeDims){.family = CUBE_MEASURES, .organisations = UNITS, .categories = 15, .levels = 7, .attentions = 21,
                            .first = FIRST, .last = LAST};
    for (uint16_t quarter = FIRST; quarter <= LAST; quarter++)
        for (uint16_t unit = 0; unit < UNITS; unit++)
            for (uint8_t category = 0; category < 8; category++) {
                add(made, category % 2 == 0 ? 12 : 4, (CubeFact){quarter, unit, category, .level = 0});
                add(made, category % 2 == 0 ? 4 : 12, (CubeFact){quarter, unit, category, .level = 2});
            }
    add(made, 2, (CubeFact){FIRST, 1, .category = 9, .level = 6, .attention = 20});
}

static void freeze(Made *made, Arena *scratch, Arena *keep)
{
    const CubeFreeze order = {.facts = {made->dims, made->facts, made->count}, .options = {.fewest_facts = 0}, .seed = {7}};
    CubePublication publication = {0};
    CubeFigures figures;

    EXPECT_OK(cube_freeze(&order, scratch, keep, &publication, &figures));
    EXPECT_OK(cube_shown_open(publication.shown, &made->shown));
}

static FiguresTables ask(const Made *made, FiguresQuestion question, Arena *keep)
{
    FiguresTables tables = {0};

    EXPECT_OK(figures_answer(&made->shown, &question, keep, &tables));
    return tables;
}

/* Every question about attentions that can be put. */
static void each_question(const Made *made, void (*see)(const Made *made, const FiguresQuestion *question))
{
    static const FiguresBy bys[] = {FIGURES_BY_NOTHING, FIGURES_BY_UNIT, FIGURES_BY_SEVERITY};

    for (uint16_t category = 0; category <= 20; category++)
        for (uint16_t year = 0; year <= 2025; year = year == 0 ? 2023 : (uint16_t)(year + 1))
            for (uint8_t quarter = 0; quarter <= (year == 0 ? 0 : 4); quarter++)
                for (size_t k = 0; k < COUNT_OF(bys); k++)
                    for (uint16_t value = 0; value <= figures_values(&made->shown, bys[k]); value++) {
                        FiguresQuestion question = {.place = {category, year, quarter, bys[k], value}, .each = value == 0 && k > 0};
                        see(made, &question);
                        question.beside = bys[k] == FIGURES_BY_UNIT && value > 0;
                        see(made, &question);
                    }
}

static void expect_silent(const Figure *figure)
{
    const Figure whole = {.state = FIGURE_SHOWN, .count = 100};

    if (figure->state == FIGURE_SHOWN)
        return;
    EXPECT(figure->count == 0);
    EXPECT(figure_share(figure, &whole) == -1 && figure_share(&whole, figure) == -1);
}

static void see_silence(const Made *made, const FiguresQuestion *question)
{
    TEST_ARENA(keep);
    const FiguresTables tables = ask(made, *question, keep);

    for (unsigned k = 0; k < FIGURES_COLUMNS; k++)
        expect_silent(&tables.headline.figures[k]);
    for (uint32_t i = 0; i < tables.count; i++)
        for (uint32_t row = 0; row < tables.tables[i].count; row++)
            for (unsigned k = 0; k < tables.tables[i].columns; k++)
                expect_silent(&tables.tables[i].rows[row].figures[k]);
}

TEST(whatever_is_asked_what_is_masked_or_not_offered_has_no_number_and_no_share)
{
    TEST_ARENA(keep);
    TEST_ARENA(scratch);
    static Made made;

    make_attentions(&made);
    freeze(&made, scratch, keep);
    each_question(&made, see_silence);
}

static bool are_the_same(const FiguresTable *one, const FiguresTable *other)
{
    bool same = one->count == other->count && one->of == other->of && one->columns == other->columns && one->parts == other->parts;

    for (uint32_t row = 0; row < one->count && same; row++)
        for (unsigned k = 0; k < one->columns; k++)
            same = same && one->rows[row].figures[k].state == other->rows[row].figures[k].state &&
                   one->rows[row].figures[k].count == other->rows[row].figures[k].count;
    return same;
}

static void see_few_and_none(const Made *made, const FiguresQuestion *question)
{
    TEST_ARENA(keep);
    FiguresQuestion none = *question, few = *question;

    if (question->place.category != 0)
        return;
    none.place.category = NEVER + 1;
    few.place.category = FEW + 1;
    const FiguresTables one = ask(made, none, keep), other = ask(made, few, keep);
    EXPECT(one.count == other.count && one.columns == other.columns);
    for (unsigned k = 0; k < one.columns; k++)
        EXPECT(one.headline.figures[k].state == other.headline.figures[k].state && one.headline.figures[k].state != FIGURE_SHOWN);
    for (uint32_t i = 0; i < one.count; i++)
        EXPECT(are_the_same(&one.tables[i], &other.tables[i]));
}

TEST(an_area_without_registrations_and_one_with_four_answer_every_question_alike)
{
    TEST_ARENA(keep);
    TEST_ARENA(scratch);
    static Made made;

    make_attentions(&made);
    freeze(&made, scratch, keep);
    each_question(&made, see_few_and_none);
}

TEST(rows_stand_in_the_predefined_order_and_open_years_have_quarters_only)
{
    TEST_ARENA(keep);
    TEST_ARENA(scratch);
    static Made made;

    make_attentions(&made);
    freeze(&made, scratch, keep);
    const FiguresTables tables = ask(&made, (FiguresQuestion){.place = {.year = 2024}}, keep);
    EXPECT(tables.count == 3);
    EXPECT(tables.tables[0].of == FIGURES_ROWS_CATEGORY && tables.tables[0].count == 20);
    for (uint32_t i = 0; i < tables.tables[0].count; i++)
        EXPECT(tables.tables[0].rows[i].figures[0].place.category == i + 1);
    EXPECT(tables.tables[1].of == FIGURES_ROWS_YEAR && tables.tables[1].count == 2);
    EXPECT(tables.tables[1].rows[1].figures[0].place.year == 2024);
    EXPECT(tables.tables[2].of == FIGURES_ROWS_QUARTER && tables.tables[2].count == 4);
    EXPECT(ask(&made, (FiguresQuestion){.place = {.year = 2025}}, keep).headline.figures[0].state == FIGURE_UNAVAILABLE);
    EXPECT(ask(&made, (FiguresQuestion){.place = {.year = 2025, .quarter = 1}}, keep).headline.figures[0].state == FIGURE_SHOWN);
}

TEST(two_breakdowns_at_once_are_not_offered)
{
    TEST_ARENA(keep);
    TEST_ARENA(scratch);
    static Made made;

    make_attentions(&made);
    freeze(&made, scratch, keep);
    const FiguresTables tables = ask(&made, (FiguresQuestion){.place = {0, 2024, 2, FIGURES_BY_UNIT, 1}, .beside = true}, keep);
    EXPECT(tables.headline.figures[0].state == FIGURE_UNAVAILABLE && tables.headline.figures[1].state == FIGURE_SHOWN);
}

/* In how many rows a column has this share. */
static unsigned count_shares(const FiguresTable *table, unsigned column, int share)
{
    unsigned count = 0;

    for (uint32_t row = 0; row < table->count; row++)
        count += figure_share(&table->rows[row].figures[column], figures_whole(table, &table->rows[row], column)) == share;
    return count;
}

TEST(the_outcomes_of_a_measure_stand_beside_each_other_with_their_shares)
{
    TEST_ARENA(keep);
    TEST_ARENA(scratch);
    static Made made;

    make_measures(&made);
    freeze(&made, scratch, keep);
    const FiguresTables tables = ask(&made, (FiguresQuestion){.view = FIGURES_OUTCOMES}, keep);
    const FiguresTable *table = &tables.tables[0];
    EXPECT(table->of == FIGURES_ROWS_CATEGORY && table->count == 15 && table->columns == FIGURES_EACH_OUTCOME);
    EXPECT(count_shares(table, 0, 75) >= 3 && count_shares(table, 0, 25) >= 3);
    EXPECT(!figures_whole(table, &table->rows[0], FIGURES_COLUMNS - 1));
    for (unsigned k = 0; k < FIGURES_COLUMNS; k++)
        EXPECT(table->rows[9].figures[k].state == FIGURE_MASKED);
}

TEST(a_share_is_whole_and_rounded_and_none_of_nothing)
{
    const Figure two = {.state = FIGURE_SHOWN, .count = 2}, third = {.state = FIGURE_SHOWN, .count = 3}, none = {.state = FIGURE_SHOWN};
    const Figure many = {.state = FIGURE_SHOWN, .count = 4000000000}, whole = {.state = FIGURE_SHOWN, .count = 4000000000};

    EXPECT(figure_share(&two, &third) == 67 && figure_share(&none, &third) == 0 && figure_share(&none, &none) == -1);
    EXPECT(figure_share(&many, &whole) == 100);
}

TEST(a_code_names_one_position_and_nothing_else_does)
{
    Counted counted = {0};
    uint16_t position = 0;

    EXPECT_OK(counted_grow(&counted, NULL, &counted));
    EXPECT_ERR(figures_position(&counted, COUNTED_ATTENTIONS, STR("14"), &position), E_MALFORMED);
    EXPECT_ERR(figures_position(&counted, COUNTED_ATTENTIONS, STR("010"), &position), E_MALFORMED);
    EXPECT_ERR(figures_position(&counted, COUNTED_ATTENTIONS, STR(""), &position), E_MALFORMED);
    EXPECT_ERR(figures_position(&counted, COUNTED_ATTENTIONS, STR("0"), &position), E_MALFORMED);
    EXPECT_OK(figures_position(&counted, COUNTED_MEASURES_FOR, STR("0"), &position));
    EXPECT(position == 21);
    EXPECT_OK(figures_position(&counted, COUNTED_ATTENTIONS, STR("99"), &position));
    EXPECT(position == 20 && figures_code(&counted, COUNTED_ATTENTIONS, 20) == 99 && figures_code(&counted, COUNTED_MEASURES_FOR, 21) == 0);
    EXPECT(figures_code(&counted, COUNTED_ATTENTIONS, 0) == 0 && figures_code(&counted, COUNTED_ATTENTIONS, 21) == 0);
}

RUN_TESTS("figures")

/* Tables of figures, line by line.
 * Must not add up, compare or sort what is shown: a total is a figure of its own, and may be masked.
 * Used by web/statistics, web/api and api. */
#include "figures/figures.h"

#include <assert.h>

/* ---- what there is to ask for ---- */

#define C(name, number) +1
static_assert(0 OUTCOME_CODES(C) + 2 == FIGURES_COLUMNS, "each outcome, \"not stated\" and the total has a column");
#undef C

typedef struct ViewRow {
    const char *code;
    CubeFamily family;
    CountedList categories;
} ViewRow;

static const ViewRow views[FIGURES_VIEW_COUNT] = {
#define X(name, text, of, list) [FIGURES_##name] = {.code = text, .family = of, .categories = list},
    FIGURES_VIEWS_OF(X)
#undef X
};

typedef struct ByRow {
    const char *code;
    CountedList list;
} ByRow;

static const ByRow bys[FIGURES_BY_COUNT] = {
#define X(name, text, codes) [FIGURES_BY_##name] = {.code = text, .list = codes},
    FIGURES_BYS(X)
#undef X
};

#define MAY(by) (1u << FIGURES_BY_##by)
static const unsigned may_be_broken_down[FIGURES_VIEW_COUNT] = {
    [FIGURES_ATTENTIONS] = MAY(NOTHING) | MAY(UNIT) | MAY(SEVERITY),
    [FIGURES_MEASURES] = MAY(NOTHING) | MAY(UNIT) | MAY(OUTCOME) | MAY(ATTENTION),
    [FIGURES_OUTCOMES] = MAY(NOTHING), /* its columns are the outcomes */
};
#undef MAY

const char *figures_view_code(FiguresView view)
{
    return views[view].code;
}

CubeFamily figures_family(FiguresView view)
{
    return views[view].family;
}

const char *figures_by_code(FiguresBy by)
{
    return bys[by].code;
}

CountedList figures_categories(FiguresView view)
{
    return views[view].categories;
}

CountedList figures_list(FiguresBy by)
{
    return bys[by].list;
}

uint16_t figures_values(const CubeShown *shown, FiguresBy by)
{
    if (by == FIGURES_BY_UNIT)
        return shown->dims.organisations;
    return by == FIGURES_BY_NOTHING ? 0 : by == FIGURES_BY_ATTENTION ? shown->dims.attentions : shown->dims.levels;
}

uint16_t figures_code(const Counted *counted, CountedList list, uint16_t position)
{
    const CountedCodes *places = &counted->lists[list];

    return position >= 1 && position <= places->count ? places->codes[position - 1] : 0;
}

Err figures_position(const Counted *counted, CountedList list, Str text, uint16_t *ret_position)
{
    const CountedCodes *places = &counted->lists[list];

    for (uint16_t i = 0; i < places->count; i++)
        if (text.length > 0 && str_equal(text, code_text(places->codes[i]))) {
            *ret_position = (uint16_t)(i + 1);
            return ok();
        }
    return fail(E_MALFORMED);
}

bool figures_may(FiguresView view, FiguresBy by)
{
    return may_be_broken_down[view] >> by & 1;
}

int figure_share(const Figure *figure, const Figure *total)
{
    if (figure->state != FIGURE_SHOWN || total->state != FIGURE_SHOWN || total->count == 0)
        return -1;
    return (int)(((uint64_t)figure->count * 200 + total->count) / ((uint64_t)total->count * 2));
}

const Figure *figures_whole(const FiguresTable *table, const FiguresRow *row, unsigned column)
{
    if (table->columns == FIGURES_EACH_OUTCOME)
        return column + 1 < FIGURES_COLUMNS ? &row->figures[FIGURES_COLUMNS - 1] : NULL;
    return table->parts && row != &table->total ? &table->total.figures[column] : NULL;
}

/* ---- lines of a publication ---- */

typedef struct Making {
    const CubeShown *shown;
    const FiguresQuestion *question;
    Arena *keep;
} Making;

/* What a publication answers to one question. */
typedef struct Line {
    uint32_t *numbers;
    uint32_t count; /* 0: it is not on offer */
    CubeAnswer answer;
} Line;

static CubeSide side_of(FiguresBy by)
{
    static const CubeSide sides[FIGURES_BY_COUNT] = {
        [FIGURES_BY_UNIT] = CUBE_ORGANISATION, [FIGURES_BY_SEVERITY] = CUBE_LEVEL, [FIGURES_BY_OUTCOME] = CUBE_LEVEL,
        [FIGURES_BY_ATTENTION] = CUBE_ATTENTION,
    };

    return sides[by];
}

/* The question about one place. False for two breakdowns at once, which nobody offers. */
static bool ask_about(FigurePlace place, CubeQuestion *ret_question)
{
    CubeQuestion ask = {.category = CUBE_ALL, .year = CUBE_ALL, .side = CUBE_WHOLE, .value = CUBE_ALL};

    if (place.quarter != 0 && place.value != 0)
        return false;
    if (place.category != 0)
        ask.category = (uint16_t)(place.category - 1);
    if (place.year != 0)
        ask.year = place.year;
    if (place.quarter != 0) {
        ask.side = CUBE_QUARTER;
        ask.value = (uint16_t)(place.quarter - 1);
    } else if (place.value != 0) {
        ask.side = side_of(place.by);
        ask.value = (uint16_t)(place.value - 1);
    }
    *ret_question = ask;
    return true;
}

/* The same with a row for each of something. False as above. */
static bool ask_each(FigurePlace place, FiguresRows of, CubeQuestion *ret_question)
{
    const CubeSide side = of == FIGURES_ROWS_VALUE ? side_of(place.by) : CUBE_QUARTER;

    if (!ask_about(place, ret_question))
        return false;
    if (of == FIGURES_ROWS_CATEGORY) {
        ret_question->category = CUBE_EACH;
        return true;
    }
    if (of == FIGURES_ROWS_YEAR) {
        ret_question->year = CUBE_EACH;
        return true;
    }
    if (ret_question->side != CUBE_WHOLE)
        return false;
    ret_question->side = side;
    ret_question->value = CUBE_EACH;
    return true;
}

static Err read_line(const Making *making, bool may, const CubeQuestion *ask, Line *ret_line)
{
    Line line = {0};

    line.count = may ? cube_rows(making->shown, ask) : 0;
    if (line.count > 0) {
        TRY(ARENA_NEW(making->keep, uint32_t, line.count, &line.numbers));
        TRY(cube_answer(making->shown, ask, line.numbers, &line.answer));
    }
    *ret_line = line;
    return ok();
}

static Figure figure_of(FigurePlace place, const Line *line, uint32_t number)
{
    if (line->count == 0)
        return (Figure){.place = place};
    if (number == MASKED)
        return (Figure){.place = place, .state = FIGURE_MASKED};
    return (Figure){.place = place, .state = FIGURE_SHOWN, .count = number};
}

/* ---- tables ---- */

static FiguresColumns columns_of(const FiguresQuestion *question)
{
    if (question->view == FIGURES_OUTCOMES)
        return FIGURES_EACH_OUTCOME;
    return question->beside ? FIGURES_BESIDE : FIGURES_ONE;
}

/* The place that a column is about: the second of two is the whole municipality. */
static FigurePlace place_of_column(FigurePlace place, unsigned column)
{
    if (column == 0)
        return place;
    place.by = FIGURES_BY_NOTHING;
    place.value = 0;
    return place;
}

/* The place of a row: that of the whole table with one thing more said. */
static FigurePlace place_of_row(const Making *making, FiguresRows of, FigurePlace place, uint32_t at)
{
    const uint32_t quarter = (place.year != 0 ? place.year * 4u : making->shown->dims.first) + at;

    if (of == FIGURES_ROWS_CATEGORY) {
        place.category = (uint16_t)(at + 1);
    } else if (of == FIGURES_ROWS_VALUE) {
        place.value = (uint16_t)(at + 1);
    } else if (of == FIGURES_ROWS_YEAR) {
        place.year = (uint16_t)(cube_first_year(making->shown) + at);
    } else {
        place.year = (uint16_t)(quarter / 4);
        place.quarter = (uint8_t)(quarter % 4 + 1);
    }
    return place;
}

/* How one place ended, outcome by outcome. */
static Err outcomes_at(const Making *making, FigurePlace place, FiguresRow *ret_row)
{
    FiguresRow row = {0};
    CubeQuestion ask;
    Line line;

    place.by = FIGURES_BY_OUTCOME;
    place.value = 0;
    TRY(read_line(making, ask_each(place, FIGURES_ROWS_VALUE, &ask), &ask, &line));
    for (uint32_t i = 0; i + 1 < FIGURES_COLUMNS; i++) {
        FigurePlace one = place;
        one.value = (uint16_t)(i + 1);
        row.figures[i] = i < line.count ? figure_of(one, &line, line.numbers[i]) : (Figure){.place = one};
    }
    row.figures[FIGURES_COLUMNS - 1] = figure_of(place_of_column(place, 1), &line, line.answer.total);
    *ret_row = row;
    return ok();
}

static Err add_outcomes(const Making *making, FiguresRows of, FigurePlace place, FiguresTables *tables)
{
    const uint32_t count = of == FIGURES_ROWS_CATEGORY ? making->shown->dims.categories : cube_closed_years(making->shown);
    FiguresTable table = {.of = of, .columns = FIGURES_EACH_OUTCOME, .count = count, .parts = true};
    FiguresRow *rows = NULL;

    TRY(ARENA_NEW(making->keep, FiguresRow, (size_t)count + 1, &rows));
    table.rows = rows;
    for (uint32_t i = 0; i < count; i++)
        TRY(outcomes_at(making, place_of_row(making, of, place, i), &rows[i]));
    TRY(outcomes_at(making, place, &table.total));
    if (count > 0 && table.total.figures[FIGURES_COLUMNS - 1].state != FIGURE_UNAVAILABLE)
        tables->tables[tables->count++] = table;
    return ok();
}

/* Rows of one number, or of a unit's and the municipality's: a line of the publication for each column. */
static Err add_table(const Making *making, FiguresRows of, FigurePlace place, FiguresTables *tables)
{
    FiguresTable table = {.of = of, .columns = columns_of(making->question)};
    FiguresRow *rows = NULL;
    CubeQuestion ask[FIGURES_BESIDE];
    Line lines[FIGURES_BESIDE];

    for (unsigned k = 0; k < table.columns; k++) {
        TRY(read_line(making, ask_each(place_of_column(place, k), of, &ask[k]), &ask[k], &lines[k]));
        table.count = lines[k].count > table.count ? lines[k].count : table.count;
        table.parts = table.parts || lines[k].answer.parts;
        table.total.figures[k] = figure_of(place_of_column(place, k), &lines[k], lines[k].answer.total);
    }
    TRY(ARENA_NEW(making->keep, FiguresRow, (size_t)table.count + 1, &rows));
    for (uint32_t i = 0; i < table.count; i++)
        for (unsigned k = 0; k < table.columns; k++)
            rows[i].figures[k] = figure_of(place_of_column(place_of_row(making, of, place, i), k), &lines[k],
                                           i < lines[k].count ? lines[k].numbers[i] : MASKED);
    table.rows = rows;
    table.no_total = of == FIGURES_ROWS_QUARTER && place.year == 0;
    if (table.count > 0)
        tables->tables[tables->count++] = table;
    return ok();
}

/* ---- the answer ---- */

static Err read_headline(const Making *making, FiguresTables *tables)
{
    if (tables->columns == FIGURES_EACH_OUTCOME)
        return outcomes_at(making, making->question->place, &tables->headline);
    for (unsigned k = 0; k < tables->columns; k++) {
        const FigurePlace place = place_of_column(making->question->place, k);
        CubeQuestion ask;
        Line line;

        TRY(read_line(making, ask_about(place, &ask), &ask, &line));
        tables->headline.figures[k] = figure_of(place, &line, line.answer.total);
    }
    return ok();
}

/* What was asked for by its parts (one category for itself has none), then over the years, then by quarters of the municipality. */
static Err add_tables(const Making *making, FiguresTables *tables)
{
    const FiguresQuestion *question = making->question;
    FigurePlace always = question->place, quarters;

    always.year = 0;
    always.quarter = 0;
    quarters = place_of_column(question->place, 1);
    quarters.quarter = 0;
    if (tables->columns == FIGURES_EACH_OUTCOME) {
        if (question->place.category == 0)
            TRY(add_outcomes(making, FIGURES_ROWS_CATEGORY, question->place, tables));
        return add_outcomes(making, FIGURES_ROWS_YEAR, always, tables);
    }
    if (question->each)
        TRY(add_table(making, FIGURES_ROWS_VALUE, question->place, tables));
    else if (question->place.category == 0)
        TRY(add_table(making, FIGURES_ROWS_CATEGORY, question->place, tables));
    TRY(add_table(making, FIGURES_ROWS_YEAR, always, tables));
    return question->place.value == 0 ? add_table(making, FIGURES_ROWS_QUARTER, quarters, tables) : ok();
}

Err figures_answer(const CubeShown *shown, const FiguresQuestion *question, Arena *keep, FiguresTables *ret_tables)
{
    const Making making = {.shown = shown, .question = question, .keep = keep};
    FiguresTables tables = {.columns = columns_of(question)};

    TRY(read_headline(&making, &tables));
    TRY(add_tables(&making, &tables));
    *ret_tables = tables;
    return ok();
}

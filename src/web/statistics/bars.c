/* The picture beside a row of figures.
 * Must not draw what is not offered, nor make a hatched piece longer or shorter than another.
 * Used by web/statistics. */
#include "web/statistics/bars.h"

#define WHOLE 1000 /* lengths are per mille */
#define STACK 940  /* what a stacked bar may fill: the rest is for the hatched piece */
#define HATCHED STR("5%")

Str bars_shade(unsigned column)
{
    static const Str shades[FIGURES_COLUMNS] = {STR("b1"), STR("b2"), STR("b3"), STR("b4"), STR("b5"), STR("b6"), STR("b7")};

    return shades[column];
}

static Err percent(Arena *keep, uint32_t mille, Str *ret_text)
{
    return str_format(keep, ret_text, "%u.%u%%", mille / 10, mille % 10);
}

/* How long a figure would be before it is scaled: parts of a unit and of the municipality are compared by their shares. */
static uint32_t length_of(const FiguresTable *table, const FiguresRow *row, unsigned column)
{
    const Figure *figure = &row->figures[column], *total = &table->total.figures[column];

    if (figure->state != FIGURE_SHOWN)
        return 0;
    if (table->columns != FIGURES_BESIDE || !table->parts)
        return figure->count;
    return total->state == FIGURE_SHOWN && total->count > 0 ? (uint32_t)((uint64_t)figure->count * 100000 / total->count) : 0;
}

BarScale bars_scale(const FiguresTable *table)
{
    BarScale scale = {.table = table};
    const bool together = table->columns == FIGURES_BESIDE && table->parts;

    for (uint32_t i = 0; i < table->count && table->columns <= FIGURES_BESIDE; i++)
        for (unsigned k = 0; k < table->columns; k++) {
            const uint32_t length = length_of(table, &table->rows[i], k);
            scale.longest[k] = length > scale.longest[k] ? length : scale.longest[k];
        }
    if (together && scale.longest[0] != scale.longest[1])
        scale.longest[0] = scale.longest[1] = scale.longest[0] > scale.longest[1] ? scale.longest[0] : scale.longest[1];
    return scale;
}

/* The bars of a row while they are made. */
typedef struct Drawing {
    const BarScale *scale;
    const FiguresRow *row;
    Arena *keep;
    BarView *bars;
    size_t count;
} Drawing;

/* One bar for each column, below each other. */
static Err add_bar(Drawing *drawing, unsigned column)
{
    const FiguresTable *table = drawing->scale->table;
    const bool thin = table->columns == FIGURES_BESIDE;
    const uint32_t length = length_of(table, drawing->row, column);
    BarView bar = {.x = STR("0"), .y = column == 0 ? STR("1") : STR("12"), .height = thin ? STR("9") : STR("20")};

    if (drawing->row->figures[column].state == FIGURE_MASKED) {
        bar.width = HATCHED;
    } else if (length > 0) {
        bar.shade = bars_shade(column);
        TRY(percent(drawing->keep, (uint32_t)((uint64_t)length * WHOLE / drawing->scale->longest[column]), &bar.width));
    }
    if (bar.width.length > 0)
        drawing->bars[drawing->count++] = bar;
    return ok();
}

/* The pieces of a row, by their share of its total; one hatched piece after them stands for all that is masked. */
static Err add_stack(Drawing *drawing)
{
    const Figure *figures = drawing->row->figures, *total = &figures[FIGURES_COLUMNS - 1];
    bool masked = total->state == FIGURE_MASKED;
    uint32_t from = 0;

    for (unsigned k = 0; k + 1 < FIGURES_COLUMNS; k++) {
        masked = masked || figures[k].state == FIGURE_MASKED;
        if (figures[k].state != FIGURE_SHOWN || figures[k].count == 0 || total->state != FIGURE_SHOWN)
            continue;
        const uint32_t length = (uint32_t)((uint64_t)figures[k].count * STACK / total->count);
        BarView bar = {.shade = bars_shade(k), .y = STR("1"), .height = STR("20")};
        TRY(percent(drawing->keep, from, &bar.x));
        TRY(percent(drawing->keep, length, &bar.width));
        drawing->bars[drawing->count++] = bar;
        from += length;
    }
    if (!masked)
        return ok();
    BarView hatched = {.width = HATCHED, .y = STR("1"), .height = STR("20")};
    TRY(percent(drawing->keep, from, &hatched.x));
    drawing->bars[drawing->count++] = hatched;
    return ok();
}

Err bars_of(const BarScale *scale, const FiguresRow *row, Arena *keep, Bars *ret_bars)
{
    const bool stacked = scale->table->columns == FIGURES_EACH_OUTCOME;
    Drawing drawing = {.scale = scale, .row = row, .keep = keep};

    TRY(ARENA_NEW(keep, BarView, FIGURES_COLUMNS, &drawing.bars));
    if (stacked)
        TRY(add_stack(&drawing));
    for (unsigned k = 0; k < scale->table->columns && !stacked; k++)
        TRY(add_bar(&drawing, k));
    *ret_bars = (Bars){.items = drawing.bars, .count = drawing.count};
    return ok();
}

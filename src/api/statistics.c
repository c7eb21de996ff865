/* Statistics as JSON.
 * Must not write a count that is not shown.
 * Called by web's handlers under /api/. */
#include "api/statistics.h"

#include <stdio.h>

#include "api/out.h"
#include "api/write.h"

#define PERIOD_MAX 16

typedef struct Writing {
    const ApiStatistics *of;
    Out *out;
} Writing;

/* "2025", "2025-2", "all" */
static void write_period(Out *out, const char *name, FigurePlace place)
{
    char text[PERIOD_MAX] = "all";

    if (place.year != 0)
        snprintf(text, sizeof text, place.quarter != 0 ? "%u-%u" : "%u", place.year, place.quarter);
    out_text(out, name, str_from_c(text));
}

static void write_code(const Writing *writing, const char *name, CountedList list, uint16_t position)
{
    out_text(writing->out, name, code_text(figures_code(&writing->of->read->counted, list, position)));
}

static void write_place(const Writing *writing, FigurePlace place)
{
    Out *out = writing->out;

    if (place.category != 0)
        write_code(writing, "category", figures_categories(writing->of->question->view), place.category);
    write_period(out, "period", place);
    if (place.value == 0)
        return;
    out_text(out, "by", str_from_c(figures_by_code(place.by)));
    if (place.by == FIGURES_BY_UNIT && place.value <= writing->of->read->unit_count) {
        out_id(out, "unit", writing->of->read->units[place.value - 1].id);
        out_text(out, "unit_name", writing->of->read->units[place.value - 1].name);
    } else {
        write_code(writing, "value", figures_list(place.by), place.value);
    }
}

/* table: whose rows it is one of, or "headline"; the last row of a table is its total. */
static void write_figure(const Writing *writing, const char *table, const Figure *figure, const Figure *whole)
{
    static const char *const states[] = {[FIGURE_UNAVAILABLE] = "unavailable", [FIGURE_MASKED] = "masked", [FIGURE_SHOWN] = "shown"};
    const int share = whole ? figure_share(figure, whole) : -1;
    Out *out = writing->out;

    out_begin(out, NULL, '{');
    out_text(out, "table", str_from_c(table));
    write_place(writing, figure->place);
    out_text(out, "state", str_from_c(states[figure->state]));
    if (figure->state == FIGURE_SHOWN)
        out_number(out, "count", figure->count);
    if (share >= 0)
        out_number(out, "percent", share);
    out_end(out, '}');
}

static void write_row(const Writing *writing, const char *code, const FiguresTable *table, const FiguresRow *row)
{
    for (unsigned k = 0; k < table->columns; k++)
        write_figure(writing, code, &row->figures[k], figures_whole(table, row, k));
}

static void write_tables(const Writing *writing)
{
    static const char *const codes[] = {[FIGURES_ROWS_CATEGORY] = "categories", [FIGURES_ROWS_VALUE] = "values",
                                        [FIGURES_ROWS_YEAR] = "years", [FIGURES_ROWS_QUARTER] = "quarters"};
    const FiguresTables *tables = writing->of->tables;
    const FiguresTable headline = {.columns = tables->columns};

    write_row(writing, "headline", &headline, &tables->headline);
    for (uint32_t i = 0; i < tables->count; i++) {
        const FiguresTable *table = &tables->tables[i];
        for (uint32_t k = 0; k < table->count; k++)
            write_row(writing, codes[table->of], table, &table->rows[k]);
        if (!table->no_total)
            write_row(writing, codes[table->of], table, &table->total);
    }
}

static void write_publication(const StatisticsRead *read, Out *out)
{
    if (!read->published)
        return;
    out_begin(out, "publication", '{');
    out_number(out, "number", read->number);
    out_moment(out, "published_at", read->published_at);
    write_period(out, "up_to", (FigurePlace){.year = read->last_quarter / 4, .quarter = (uint8_t)(read->last_quarter % 4 + 1)});
    out_end(out, '}');
}

Err write_statistics(const ApiStatistics *statistics, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);
    const Writing writing = {statistics, &out};

    out_begin(&out, NULL, '{');
    write_publication(statistics->read, &out);
    out_day(&out, "next_on", statistics->read->next_on);
    out_text(&out, "view", str_from_c(figures_view_code(statistics->question->view)));
    out_begin(&out, "figures", '[');
    if (statistics->tables)
        write_tables(&writing);
    out_end(&out, ']');
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

/* Tables of figures as a page shows them.
 * Must not add, sort or leave out a row.
 * Used by web/statistics. */
#include "web/statistics/tables.h"

#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/statistics/bars.h"

/* ---- words around the figures ---- */

/* "Oppmerksomheter etter område, Tindlia skole, 2025" */
static Err caption_of(const StatisticsMaking *making, const FiguresTable *table, Str *ret_caption)
{
    const Call *call = making->call;
    const FiguresQuestion *question = making->question;
    MsgArgument names[] = {{.name = STR("what")}, {.name = STR("rows")}};
    Str pieces[4] = {0};

    TRY(statistics_text(call, "view", figures_view_code(question->view), &names[0].text));
    TRY(statistics_text(call, "rows", statistics_rows_code(question, table->of), &names[1].text));
    TRY(message_of(call, MSG_STATISTICS_TABLE, names, COUNT_OF(names), &pieces[0]));
    if (question->place.category != 0)
        TRY(statistics_category(call, making->read, question->view, question->place.category, &pieces[1]));
    if (table->columns == FIGURES_ONE && question->place.value != 0)
        TRY(statistics_value(call, making->read, question->place, &pieces[2]));
    if (table->of == FIGURES_ROWS_CATEGORY || table->of == FIGURES_ROWS_VALUE)
        TRY(statistics_period(call, question->place, &pieces[3]));
    return words_listed(call, pieces, COUNT_OF(pieces), ret_caption);
}

static Err column_name(const StatisticsMaking *making, const FiguresTable *table, unsigned column, Str *ret_name)
{
    if (table->columns == FIGURES_EACH_OUTCOME && column + 1 == FIGURES_COLUMNS) {
        *ret_name = call_text(making->call, MSG_STATISTICS_TOTAL);
        return ok();
    }
    if (table->columns == FIGURES_ONE) {
        *ret_name = call_text(making->call, MSG_STATISTICS_COUNT);
        return ok();
    }
    return statistics_value(making->call, making->read, table->total.figures[column].place, ret_name);
}

static Err columns_of(const StatisticsMaking *making, const FiguresTable *table, FigureTableView *view)
{
    LinkView *columns = NULL, *legend = NULL;

    TRY(ARENA_NEW(making->call->arena, LinkView, FIGURES_COLUMNS, &columns));
    TRY(ARENA_NEW(making->call->arena, LinkView, FIGURES_COLUMNS, &legend));
    for (unsigned k = 0; k < table->columns; k++) {
        TRY(column_name(making, table, k, &columns[k].text));
        legend[k] = (LinkView){.text = columns[k].text, .hidden = bars_shade(k)};
    }
    view->columns = (Links){.items = columns, .count = table->columns};
    if (table->columns == FIGURES_EACH_OUTCOME)
        legend[FIGURES_COLUMNS - 1] = (LinkView){.text = call_text(making->call, MSG_STATISTICS_MASKED)};
    if (table->columns != FIGURES_ONE)
        view->legend = (Links){.items = legend, .count = table->columns};
    return ok();
}

static Err row_name(const StatisticsMaking *making, const FiguresTable *table, FigurePlace place, Str *ret_name)
{
    if (table->of == FIGURES_ROWS_CATEGORY)
        return statistics_category(making->call, making->read, making->question->view, place.category, ret_name);
    if (table->of == FIGURES_ROWS_VALUE)
        return statistics_value(making->call, making->read, place, ret_name);
    return statistics_period(making->call, place, ret_name);
}

/* The same question about this row alone. */
static Err row_url(const StatisticsMaking *making, const FiguresTable *table, FigurePlace place, Url *ret_url)
{
    FiguresQuestion question = *making->question;
    Str query = STR_NONE;

    if (table->of == FIGURES_ROWS_CATEGORY) {
        question.place.category = place.category;
    } else if (table->of == FIGURES_ROWS_VALUE) {
        question.place.value = place.value;
        question.each = false;
    } else {
        question.place.year = place.year;
        question.place.quarter = place.quarter;
    }
    if (question.place.quarter != 0) {
        question.each = question.beside = false;
        question.place.by = FIGURES_BY_NOTHING;
        question.place.value = 0;
    }
    TRY(asked_query(making->call, making->read, &question, &query));
    return url_format(making->call->arena, ret_url, STATISTICS_PAGE "%.*s", STR_ARGS(query));
}

/* ---- figures ---- */

static Err figure_view(const StatisticsMaking *making, const FiguresTable *table, const FiguresRow *row, unsigned column, FigureView *view)
{
    const Figure *figure = &row->figures[column], *whole = figures_whole(table, row, column);
    const int share = whole ? figure_share(figure, whole) : -1;

    view->number = figure->state == FIGURE_SHOWN;
    TRY(statistics_figure(making->call, figure, &view->text));
    if (share >= 0)
        TRY(str_format(making->call->arena, &view->share, "%d\u00a0%%", share));
    else if (table->parts && !whole && table->columns != FIGURES_EACH_OUTCOME)
        view->share = STR("\u00a0"); /* a total stands under the numbers, not under their shares */
    return table->columns == FIGURES_ONE ? ok() : column_name(making, table, column, &view->label);
}

static Err row_view(const StatisticsMaking *making, const FiguresTable *table, const FiguresRow *row, FigureRowView *ret_view)
{
    FigureView *figures = NULL;

    TRY(ARENA_NEW(making->call->arena, FigureView, FIGURES_COLUMNS, &figures));
    for (unsigned k = 0; k < table->columns; k++)
        TRY(figure_view(making, table, row, k, &figures[k]));
    ret_view->figures = (FigureViews){.items = figures, .count = table->columns};
    return ok();
}

static Err rows_of(const StatisticsMaking *making, const FiguresTable *table, FigureRowViews *ret_rows)
{
    const BarScale scale = bars_scale(table);
    FigureRowView *rows = NULL;

    TRY(ARENA_NEW(making->call->arena, FigureRowView, (size_t)table->count + 1, &rows));
    for (uint32_t i = 0; i < table->count; i++) {
        const FigurePlace place = table->rows[i].figures[0].place;
        TRY(row_view(making, table, &table->rows[i], &rows[i]));
        TRY(row_name(making, table, place, &rows[i].name));
        TRY(row_url(making, table, place, &rows[i].url));
        TRY(bars_of(&scale, &table->rows[i], making->call->arena, &rows[i].bars));
    }
    *ret_rows = (FigureRowViews){.items = rows, .count = table->count};
    return ok();
}

/* The last row. */
static Err total_of(const StatisticsMaking *making, const FiguresTable *table, FigureRowViews *ret_rows)
{
    const bool years = table->of == FIGURES_ROWS_YEAR;
    FigureRowView *row = NULL;

    if (table->no_total)
        return ok();
    TRY(ARENA_NEW(making->call->arena, FigureRowView, 1, &row));
    TRY(row_view(making, table, &table->total, row));
    row->name = call_text(making->call, years ? MSG_STATISTICS_PERIOD_ALL : MSG_STATISTICS_TOTAL);
    *ret_rows = (FigureRowViews){.items = row, .count = 1};
    return ok();
}

static Err table_view(const StatisticsMaking *making, const FiguresTable *table, FigureTableView *view)
{
    view->code = str_from_c(statistics_rows_code(making->question, table->of));
    view->stacked = table->columns == FIGURES_EACH_OUTCOME;
    TRY(caption_of(making, table, &view->caption));
    TRY(statistics_text(making->call, "first", statistics_rows_code(making->question, table->of), &view->first));
    TRY(columns_of(making, table, view));
    TRY(rows_of(making, table, &view->rows));
    return total_of(making, table, &view->totals);
}

Err statistics_table_views(const StatisticsMaking *making, const FiguresTables *tables, FigureTableViews *ret_views)
{
    FigureTableView *views = NULL;

    TRY(ARENA_NEW(making->call->arena, FigureTableView, FIGURES_TABLES_MAX, &views));
    for (uint32_t i = 0; i < tables->count; i++)
        TRY(table_view(making, &tables->tables[i], &views[i]));
    *ret_views = (FigureTableViews){.items = views, .count = tables->count};
    return ok();
}

/* The figures of a page as a file for a spreadsheet: one line for each, with what it counts in codes and in words.
 * Must not hold what the page does not show, nor a cell that a spreadsheet would take for a formula.
 * Called through the table of routes. Rules: statistics 14. */
#include "web/statistics/csv.h"

#include <string.h>

#include "web/call/answer.h"
#include "web/statistics/words.h"

#define CSV_MAX ((size_t)4 << 20)
#define BOM "\xEF\xBB\xBF" /* spreadsheets take the file for UTF-8 by it */

typedef struct Csv {
    const Call *call;
    const StatisticsRead *read;
    const FiguresQuestion *question;
    Buf buf;
} Csv;

/* A name that begins like a formula is a text. */
static void add_cell(Csv *csv, Str text)
{
    const bool formula = text.length > 0 && memchr("=+-@\t\r", text.data[0], 6) != NULL;

    buf_add_char(&csv->buf, '"');
    if (formula)
        buf_add_char(&csv->buf, '\'');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"')
            buf_add_char(&csv->buf, '"');
        buf_add_char(&csv->buf, text.data[i]);
    }
    buf_add(&csv->buf, STR("\";"));
}

static void end_line(Csv *csv)
{
    csv->buf.length--; /* the last separator */
    buf_add(&csv->buf, STR("\r\n"));
}

static void add_head(Csv *csv)
{
    static const enum msg heads[] = {
        MSG_STATISTICS_FILE_VIEW, MSG_STATISTICS_FILE_CATEGORY_CODE, MSG_STATISTICS_FILE_CATEGORY, MSG_STATISTICS_FILE_PERIOD,
        MSG_STATISTICS_FILE_BY, MSG_STATISTICS_FILE_VALUE_CODE, MSG_STATISTICS_FILE_VALUE, MSG_STATISTICS_FILE_COUNT,
        MSG_STATISTICS_FILE_SHARE,
    };

    buf_add(&csv->buf, STR(BOM));
    for (size_t i = 0; i < COUNT_OF(heads); i++)
        add_cell(csv, call_text(csv->call, heads[i]));
    end_line(csv);
}

static Err add_category(Csv *csv, FigurePlace place)
{
    Str code = STR_NONE, name = STR_NONE;

    if (place.category != 0)
        TRY(str_format(csv->call->arena, &code, "%u", figures_code(&csv->read->counted, figures_categories(csv->question->view), place.category)));
    TRY(statistics_category(csv->call, csv->read, csv->question->view, place.category, &name));
    add_cell(csv, code);
    add_cell(csv, name);
    return ok();
}

static Err add_value(Csv *csv, FigurePlace place)
{
    Str by = STR_NONE, code = STR_NONE, name = STR_NONE;

    if (place.value != 0) {
        TRY(statistics_text(csv->call, "by", figures_by_code(place.by), &by));
        TRY(asked_value(csv->call, csv->read, place, &code));
    }
    TRY(statistics_value(csv->call, csv->read, place, &name));
    add_cell(csv, by);
    add_cell(csv, code);
    add_cell(csv, name);
    return ok();
}

static Err add_figure(Csv *csv, const Figure *figure, const Figure *whole)
{
    const int share = whole ? figure_share(figure, whole) : -1;
    Str text = STR_NONE, period = STR_NONE;

    TRY(statistics_text(csv->call, "view", figures_view_code(csv->question->view), &text));
    add_cell(csv, text);
    TRY(add_category(csv, figure->place));
    TRY(asked_period(csv->call, figure->place, &period));
    add_cell(csv, period);
    TRY(add_value(csv, figure->place));
    TRY(statistics_figure(csv->call, figure, &text));
    add_cell(csv, text);
    text = STR_NONE;
    if (share >= 0)
        TRY(str_format(csv->call->arena, &text, "%d", share));
    add_cell(csv, text);
    end_line(csv);
    return ok();
}

static Err add_row(Csv *csv, const FiguresTable *table, const FiguresRow *row)
{
    for (unsigned k = 0; k < table->columns; k++)
        TRY(add_figure(csv, &row->figures[k], figures_whole(table, row, k)));
    return ok();
}

static Err write_all(Csv *csv, const FiguresTables *tables)
{
    const FiguresTable headline = {.columns = tables->columns};

    add_head(csv);
    TRY(add_row(csv, &headline, &tables->headline));
    for (uint32_t i = 0; i < tables->count; i++) {
        const FiguresTable *table = &tables->tables[i];
        for (uint32_t k = 0; k < table->count; k++)
            TRY(add_row(csv, table, &table->rows[k]));
        if (!table->no_total)
            TRY(add_row(csv, table, &table->total));
    }
    return ok();
}

/* A file of a question that is none is not there: the page beside it tells what is wrong. */
Err statistics_csv(Call *call)
{
    StatisticsRead read = {0};
    FiguresTables tables = {0};
    Asked asked = {0};
    Str file = STR_NONE;

    TRY(statistics_read(call->service, &call->actor, call->arena, &read));
    if (!read.published)
        return fail(E_NOT_FOUND);
    TRY(statistics_asked(call, &read, &asked));
    if (asked.fault_count > 0)
        return fail(E_NOT_FOUND);
    TRY(figures_answer(asked_shown(&read, asked.question.view), &asked.question, call->arena, &tables));
    Csv csv = {call, &read, &asked.question, buf_new(call->arena, CSV_MAX)};
    TRY(write_all(&csv, &tables));
    TRY(buf_done(&csv.buf, &file));
    response_header(call->response, "Content-Disposition", STR("attachment; filename=\"statistikk.csv\""));
    return call_bytes(call, STR("text/csv; charset=utf-8"), file);
}

/* One way of laying text on pages for all that a document has: a paragraph is a row of one cell.
 * Must not lose a line: what does not go on a page goes on the next.
 * Called by pdf/blocks.c and pdf/pdf.c. */
#include "pdf/rows.h"

#include "pdf/draw.h"
#include "pdf/pages.h"
#include "pdf/structure.h"

#define PAD (4 * PT)

bool pdf_cell_fill(Pdf *pdf, PdfCell *cell, Str text)
{
    PdfMeasure measure = {.width = pdf_measure(cell->style, cell->width), .bold = pdf_looks[cell->style].bold};
    return pdf_keep(pdf, pdf_lines_make(&pdf->fonts, text, measure, pdf->scratch, &cell->text));
}

static int32_t leading_of(const PdfRow *row)
{
    int32_t leading = 0;
    for (size_t i = 0; i < row->count; i++) {
        int32_t own = pdf_looks[row->cells[i].style].leading;
        leading = own > leading ? own : leading;
    }
    return leading;
}

static size_t lines_left(const PdfRow *row)
{
    size_t most = 0;
    for (size_t i = 0; i < row->count; i++) {
        size_t left = row->cells[i].text.count - row->cells[i].next;
        most = left > most ? left : most;
    }
    return most;
}

/* Letters stand a quarter of their size above the lower end of their line. */
static int32_t base_line(int32_t y, int32_t leading, PdfStyle style)
{
    return y - leading + (leading - pdf_looks[style].size * (PT / 10)) / 2 + pdf_looks[style].size * (PT / 10) / 5;
}

static void draw_lines(Pdf *pdf, PdfRow *row, size_t lines, int32_t leading)
{
    for (size_t i = 0; i < row->count; i++) {
        PdfCell *cell = &row->cells[i];
        /* A name among others stays in its column; a text of several lines stands as its readers are used to. */
        PdfPlace place = {.x = cell->x, .width = cell->width, .style = cell->style, .at_right = cell->text.count > 1};
        for (size_t n = 0; n < lines && cell->next < cell->text.count; n++) {
            place.y = base_line(pdf->y - (int32_t)n * leading, leading, cell->style);
            pdf_draw_line(pdf, &cell->text.items[cell->next++], &place, cell->element);
        }
    }
    pdf->y -= (int32_t)lines * leading;
}

/* A new page, with the heads of the table that is open. */
static void next_page(Pdf *pdf)
{
    pdf_page_begin(pdf);
    if (pdf->table.count)
        pdf_heads_put(pdf, NULL);
}

/* A first line alone at the foot of a page is as bad as one that does not go in at all. */
static bool needs_page(const Pdf *pdf, const PdfRow *row, int32_t leading)
{
    int32_t whole = row->above + (int32_t)lines_left(row) * leading + row->below + row->with;
    size_t first = lines_left(row) > 1 ? 2 : 1;

    if (pdf->pages_count == 0)
        return true;
    if (whole <= pdf_room(pdf) || pdf->y == pdf->top)
        return false;
    /* The first row of a table is broken rather than leave its heads alone. */
    bool whole_row = row->is_table && pdf->table.rows > 0 && whole <= pdf_page_room(pdf) / 2;
    return whole_row || row->with > 0 || row->above + (int32_t)first * leading > pdf_room(pdf);
}

void pdf_row_put(Pdf *pdf, PdfRow *row)
{
    int32_t leading = leading_of(row);

    if (!is_ok(pdf->err) || leading == 0 || lines_left(row) == 0)
        return;
    if (needs_page(pdf, row, leading))
        next_page(pdf);
    if (pdf->y != pdf->top || row->is_table)
        pdf->y -= row->above;
    while (is_ok(pdf->err) && lines_left(row) > 0) {
        int32_t fit = pdf_room(pdf) / leading;
        size_t lines = fit < 1 ? 0 : (size_t)fit < lines_left(row) ? (size_t)fit : lines_left(row);
        draw_lines(pdf, row, lines, leading);
        if (lines_left(row) > 0) {
            next_page(pdf);
            pdf->y -= row->is_table ? row->above : 0;
        }
    }
    pdf->y -= row->below;
    pdf->table.rows += row->is_table;
    if (row->is_table && is_ok(pdf->err))
        pdf_draw_rule(pdf, pdf->y);
}

void pdf_heads_put(Pdf *pdf, PdfElement *cells)
{
    PdfTable *table = &pdf->table;
    int32_t leading = pdf_looks[STYLE_HEAD].leading;
    size_t lines = 0;

    for (size_t i = 0; i < table->count; i++)
        lines = table->heads[i].count > lines ? table->heads[i].count : lines;
    int32_t height = (int32_t)lines * leading + 2 * PAD;
    pdf_draw_ground(pdf, pdf->y - height, height);
    if (!cells)
        pdf_mark_artifact(pdf, "<</Type/Pagination>>");
    for (size_t i = 0; i < table->count; i++)
        for (size_t n = 0; n < table->heads[i].count; n++) {
            int32_t y = base_line(pdf->y - PAD - (int32_t)n * leading, leading, STYLE_HEAD);
            pdf_draw_line(pdf, &table->heads[i].items[n],
                          &(PdfPlace){.x = table->x[i], .y = y, .width = table->width[i], .style = STYLE_HEAD},
                          cells ? &cells[i] : NULL);
        }
    pdf_mark_end(pdf);
    pdf->y -= height;
}

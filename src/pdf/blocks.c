/* What a document is made of, as rows: headings, paragraphs, names with their values, and tables.
 * Must not lay out lines itself.
 * Called by whoever writes a document. */
#include "pdf/blocks.h"

#include "pdf/bookmarks.h"
#include "pdf/draw.h"
#include "pdf/pages.h"
#include "pdf/rows.h"
#include "pdf/structure.h"

#define GAP (12 * PT)      /* between columns */
#define PAD (4 * PT)       /* above and below the text of a row */
#define KEY_WIDTH (TEXT_WIDTH * 3 / 10)
#define HEADS (56 * PT)    /* for the heads of a table and two lines of its first row */
#define COMPANY (20 * PT + HEADS)

/* False when an error is kept, or when there is a table that only takes rows. */
static bool may_add(Pdf *pdf)
{
    if (is_ok(pdf->err) && (pdf->table.count || pdf->finished))
        pdf_keep(pdf, fail(E_INTERNAL));
    return is_ok(pdf->err);
}

/* One text across the page. */
static void put_text(Pdf *pdf, const char *kind, Str text, PdfRow row, PdfStyle style)
{
    PdfElement element = pdf_element_new(pdf, &pdf->document, kind, pdf->scratch);
    PdfCell cell = {.element = &element, .x = MARGIN, .width = TEXT_WIDTH, .style = style};

    row.cells = &cell;
    row.count = 1;
    if (pdf_cell_fill(pdf, &cell, text))
        pdf_row_put(pdf, &row);
    pdf_element_close(pdf, &element);
}

void pdf_heading(Pdf *pdf, unsigned level, Str text)
{
    static const char *const kinds[] = {NULL, "H1", "H2", "H3"};
    static const PdfStyle styles[] = {0, STYLE_H1, STYLE_H2, STYLE_H3};
    static const int32_t above[] = {0, 20 * PT, 16 * PT, 11 * PT};
    /* Room for the headings that may follow, then for a small line and two more, or the heads of a table with two lines. */
    static const int32_t with[] = {0, COMPANY + 70 * PT, COMPANY + 31 * PT, COMPANY};
    size_t mark = arena_mark(pdf->scratch);

    if (!may_add(pdf))
        return;
    if (level < 1 || level > PDF_LEVELS || level > pdf->level + 1) {
        pdf_keep(pdf, fail(E_RANGE));
        return;
    }
    if (!pdf_keep(pdf, utf8_valid(text) ? ok() : fail(E_BAD_UTF8)))
        return;
    if (text.length == 0)
        text = STR("–");
    if (!pdf_keep(pdf, pdf_bookmark_add(pdf, level, text)))
        return;
    pdf->level = level;
    put_text(pdf, kinds[level], text, (PdfRow){.above = above[level], .below = 4 * PT, .with = with[level]}, styles[level]);
    pdf_bookmark_place(pdf, pdf->y + pdf_looks[styles[level]].leading + 8 * PT);
    arena_rewind(pdf->scratch, mark);
}

static void put_paragraph(Pdf *pdf, Str text, PdfStyle style, int32_t below)
{
    size_t mark = arena_mark(pdf->scratch);

    if (!may_add(pdf) || text.length == 0)
        return;
    put_text(pdf, "P", text, (PdfRow){.below = below}, style);
    arena_rewind(pdf->scratch, mark);
}

void pdf_paragraph(Pdf *pdf, Str text)
{
    put_paragraph(pdf, text, STYLE_TEXT, 5 * PT);
}

void pdf_small(Pdf *pdf, Str text)
{
    put_paragraph(pdf, text, STYLE_SMALL, 7 * PT);
}

/* ---- lists ---- */

/* What one item of a list says: its label, and its text in the room beside it. */
typedef struct Item {
    Str label, body;
    PdfStyle label_style;
    int32_t label_width;
} Item;

static void put_item(Pdf *pdf, PdfElement *list, const Item *item)
{
    size_t mark = arena_mark(pdf->scratch);
    PdfElement entry = pdf_element_new(pdf, list, "LI", pdf->scratch);
    PdfElement label = pdf_element_new(pdf, &entry, "Lbl", pdf->scratch);
    PdfElement body = pdf_element_new(pdf, &entry, "LBody", pdf->scratch);
    PdfCell cells[] = {
        {.element = &label, .x = MARGIN, .width = item->label_width - GAP / 2, .style = item->label_style},
        {.element = &body, .x = MARGIN + item->label_width, .width = TEXT_WIDTH - item->label_width, .style = STYLE_TEXT},
    };
    PdfRow row = {.cells = cells, .count = COUNT_OF(cells), .below = 1 * PT};

    if (pdf_cell_fill(pdf, &cells[0], item->label) && pdf_cell_fill(pdf, &cells[1], item->body))
        pdf_row_put(pdf, &row);
    pdf_element_close(pdf, &label);
    pdf_element_close(pdf, &body);
    pdf_element_close(pdf, &entry);
    arena_rewind(pdf->scratch, mark);
}

void pdf_pairs(Pdf *pdf, const PdfPair *pairs, size_t count)
{
    if (!may_add(pdf) || count == 0)
        return;
    PdfElement list = pdf_element_new(pdf, &pdf->document, "L", pdf->keep);
    list.attributes = "/A<</O/List/ListNumbering/None>>";
    for (size_t i = 0; i < count; i++) {
        Str value = pairs[i].value.length ? pairs[i].value : STR("–");
        put_item(pdf, &list, &(Item){.label = pairs[i].key, .body = value, .label_style = STYLE_KEY, .label_width = KEY_WIDTH});
    }
    pdf_element_close(pdf, &list);
    pdf->y -= 4 * PT;
}

/* ---- tables ---- */

static Err lay_columns(Pdf *pdf, const PdfColumn *columns, size_t count)
{
    PdfTable *table = &pdf->table;
    unsigned sum = 0;
    int32_t x = MARGIN + PAD;
    int32_t all = TEXT_WIDTH - 2 * PAD - (int32_t)(count - 1) * GAP;

    for (size_t i = 0; i < count; i++)
        sum += columns[i].share;
    for (size_t i = 0; i < count; i++) {
        table->columns[i] = columns[i];
        table->x[i] = x;
        table->width[i] = (int32_t)((int64_t)all * columns[i].share / sum);
        x += table->width[i] + GAP;
        PdfMeasure measure = {.width = pdf_measure(STYLE_HEAD, table->width[i]), .bold = true};
        TRY(pdf_lines_make(&pdf->fonts, columns[i].head, measure, pdf->scratch, &table->heads[i]));
        if (table->heads[i].count > 8)
            return fail(E_TOO_LARGE);
    }
    table->count = count;
    return ok();
}

/* The first heads are read; those of later pages only repeat them. */
static void put_first_heads(Pdf *pdf)
{
    PdfTable *table = &pdf->table;
    PdfElement cells[PDF_COLUMNS_MAX];
    PdfElement row = pdf_element_new(pdf, &table->element, "TR", pdf->scratch);

    for (size_t i = 0; i < table->count; i++) {
        cells[i] = pdf_element_new(pdf, &row, "TH", pdf->scratch);
        cells[i].attributes = "/A<</O/Table/Scope/Column>>";
    }
    pdf_heads_put(pdf, cells);
    for (size_t i = 0; i < table->count; i++)
        pdf_element_close(pdf, &cells[i]);
    pdf_element_close(pdf, &row);
}

void pdf_table_begin(Pdf *pdf, const PdfColumn *columns, size_t count)
{
    size_t mark = arena_mark(pdf->scratch);

    if (!may_add(pdf))
        return;
    bool sound = count >= 1 && count <= PDF_COLUMNS_MAX;
    for (size_t i = 0; sound && i < count; i++)
        sound = columns[i].share >= 1 && columns[i].share <= 1000;
    if (!sound) {
        pdf_keep(pdf, fail(E_RANGE));
        return;
    }
    /* Heads want company: a table does not begin at the foot of a page. */
    if (pdf_room(pdf) < HEADS)
        pdf_page_begin(pdf);
    pdf->table = (PdfTable){.mark = mark};
    pdf->table.element = pdf_element_new(pdf, &pdf->document, "Table", pdf->keep);
    if (!pdf_keep(pdf, lay_columns(pdf, columns, count)))
        return;
    pdf->y -= pdf->y == pdf->top ? 0 : 2 * PT;
    put_first_heads(pdf);
}

void pdf_table_row(Pdf *pdf, const Str *cells)
{
    PdfTable *table = &pdf->table;
    PdfElement elements[PDF_COLUMNS_MAX];
    PdfCell laid[PDF_COLUMNS_MAX];
    size_t mark = arena_mark(pdf->scratch);

    if (!is_ok(pdf->err))
        return;
    if (table->count == 0) {
        pdf_keep(pdf, fail(E_INTERNAL));
        return;
    }
    PdfElement row = pdf_element_new(pdf, &table->element, "TR", pdf->scratch);
    for (size_t i = 0; i < table->count; i++) {
        elements[i] = pdf_element_new(pdf, &row, table->columns[i].names_row ? "TH" : "TD", pdf->scratch);
        if (table->columns[i].names_row)
            elements[i].attributes = "/A<</O/Table/Scope/Row>>";
        laid[i] = (PdfCell){.element = &elements[i], .x = table->x[i], .width = table->width[i], .style = STYLE_CELL};
        if (!pdf_cell_fill(pdf, &laid[i], cells[i]))
            return;
    }
    pdf_row_put(pdf, &(PdfRow){.cells = laid, .count = table->count, .above = PAD, .below = PAD, .is_table = true});
    for (size_t i = 0; i < table->count; i++)
        pdf_element_close(pdf, &elements[i]);
    pdf_element_close(pdf, &row);
    arena_rewind(pdf->scratch, mark);
}

void pdf_table_end(Pdf *pdf)
{
    if (!is_ok(pdf->err))
        return;
    if (pdf->table.count == 0) {
        pdf_keep(pdf, fail(E_INTERNAL));
        return;
    }
    pdf_element_close(pdf, &pdf->table.element);
    pdf->table.count = 0;
    arena_rewind(pdf->scratch, pdf->table.mark);
    pdf->y -= 8 * PT;
}

/* A row: one text or several beside each other, laid on the page and on over the next ones.
 * Used by pdf alone. */
#ifndef PDF_ROWS_H
#define PDF_ROWS_H

#include "pdf/pdf_priv.h"

typedef struct PdfCell {
    PdfText text;
    PdfElement *element; /* NULL: an artifact */
    int32_t x, width;
    PdfStyle style;
    size_t next; /* the first line that is not drawn yet */
} PdfCell;

typedef struct PdfRow {
    PdfCell *cells;
    size_t count;
    int32_t above, below; /* empty room; above is left out at the top of a page */
    int32_t with;         /* room below that shall be on the same page */
    bool is_table;        /* a rule stands below */
} PdfRow;

/* The lines of text for a cell of this style and width, in the scratch memory. False, with the error kept, when it fails. */
bool pdf_cell_fill(Pdf *pdf, PdfCell *cell, Str text);
/* Draws the row. One of a table that goes into half a page is not broken, but for the first. */
void pdf_row_put(Pdf *pdf, PdfRow *row);
/* The heads of the table that is open: content of element's cells, or, where cells is NULL, an artifact. */
void pdf_heads_put(Pdf *pdf, PdfElement *cells);

#endif

/* What a document is made of, in the order in which it is read.
 * Must not know of pages: whoever writes a document says what comes next, and not where.
 * Used through pdf/pdf.h. */
#ifndef PDF_BLOCKS_H
#define PDF_BLOCKS_H

#include "base/str.h"

typedef struct Pdf Pdf;

#define PDF_LEVELS 3
#define PDF_COLUMNS_MAX 8

/* A column of a table: its head, and its share of the width (1..1000; the sum is the whole). The column that names its row (at
 * most one) is read aloud with each of its cells. */
typedef struct PdfColumn {
    Str head;
    unsigned share;
    bool names_row;
} PdfColumn;

typedef struct PdfPair {
    Str key, value;
} PdfPair;

/* Each adds to the end and never fails singly: the first error is kept, the rest does nothing, pdf_finish tells.
 * Texts are UTF-8 of any length, read during the call and not kept. LF begins a new line, every other control character and
 * every character that no font has is printed as [U+1F600]; a text of words from right to left is laid out as such. */

/* level 1..PDF_LEVELS; the first is 1, and none is more than one deeper than the one before (else E_RANGE). Becomes a bookmark.
 * It never stands alone at the foot of a page. An empty one is printed as a dash: a name that is missing ends no report. */
void pdf_heading(Pdf *pdf, unsigned level, Str text);
void pdf_paragraph(Pdf *pdf, Str text);
/* The same in small grey letters: who wrote what stands above, and when. */
void pdf_small(Pdf *pdf, Str text);
/* Names with their values, as "Stafettholder  Klok Elv". Empty values are printed as a dash. */
void pdf_pairs(Pdf *pdf, const PdfPair *pairs, size_t count);

/* A table of 1..PDF_COLUMNS_MAX columns (else E_RANGE); its heads, of eight lines at most (else E_TOO_LARGE), stand again on each
 * page, and a row may go on there. Between begin and end come rows only (else E_INTERNAL), each with a cell for each column.
 * columns is copied. */
void pdf_table_begin(Pdf *pdf, const PdfColumn *columns, size_t count);
void pdf_table_row(Pdf *pdf, const Str *cells);
void pdf_table_end(Pdf *pdf);

#endif

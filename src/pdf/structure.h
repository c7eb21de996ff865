/* The tree of structure: what is a heading, a row, a cell; and the marks in the content of pages that belong to it.
 * Must not draw.
 * Used by pdf alone. */
#ifndef PDF_STRUCTURE_H
#define PDF_STRUCTURE_H

#include "pdf/pdf_priv.h"

/* A new child at the end of parent (NULL: of the tree). Its list of children lives in arena until it is closed. */
PdfElement pdf_element_new(Pdf *pdf, PdfElement *parent, const char *kind, Arena *arena);
void pdf_element_close(Pdf *pdf, PdfElement *element);

/* What is drawn from here on is content of the element; goes on with it where it is open already. */
void pdf_mark(Pdf *pdf, PdfElement *element);
/* A word whose glyphs do not tell its letters one by one: a Span of its own that says them. `in_place`: also in the content. */
typedef struct PdfSpan {
    const uint32_t *points;
    size_t count;
    bool in_place;
} PdfSpan;
void pdf_mark_span(Pdf *pdf, PdfElement *element, const PdfSpan *span);
/* What is no part of the text: lines, headers, repetitions. */
void pdf_mark_artifact(Pdf *pdf, const char *properties);
/* Ends what is open. */
void pdf_mark_end(Pdf *pdf);

#endif

/* Lines of text, rules and grounds on the page that is open.
 * Must not choose where: rows and pages do.
 * Used by pdf alone. */
#ifndef PDF_DRAW_H
#define PDF_DRAW_H

#include "pdf/pdf_priv.h"

typedef struct PdfPlace {
    int32_t x, y;  /* the left end of the base line */
    int32_t width;
    PdfStyle style;
    bool at_right; /* a line from right to left ends at x + width */
} PdfPlace;

/* A length on paper for the text of this style, in thousandths of its size; and the other way. */
int32_t pdf_measure(PdfStyle style, int32_t length);
int32_t pdf_length(PdfStyle style, int32_t measure);

/* A line as content of element, or, where it is NULL, of the artifact that is open. */
void pdf_draw_line(Pdf *pdf, const PdfLine *line, const PdfPlace *place, PdfElement *element);
/* A thin line across the text, and a ground for heads; artifacts both. */
void pdf_draw_rule(Pdf *pdf, int32_t y);
void pdf_draw_ground(Pdf *pdf, int32_t y, int32_t height);

/* A length as content writes it: "56.69 ". */
void pdf_add_length(Buf *buf, int32_t length);

#endif

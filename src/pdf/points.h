/* The code points of a text as they are printed, each with the font that has it.
 * Must not change what is read: only what cannot be shown is told by number.
 * Used by pdf/lines. */
#ifndef PDF_POINTS_H
#define PDF_POINTS_H

#include "pdf/fonts.h"

typedef struct PdfPoints {
    uint32_t *items;
    uint8_t *fonts;
    size_t count;
} PdfPoints;

/* text is a valid line without LF. Errors: E_NO_MEMORY. */
MUST_USE Err pdf_points_make(PdfFonts *fonts, Str text, bool bold, Arena *keep, PdfPoints *ret_points);

/* Belongs to the letter before it: a mark, a joiner, a selector. */
bool pdf_point_is_mark(uint32_t point);

#endif

/* A text as lines of glyphs: letters with their marks, in the fonts that have them, broken at the width that there is.
 * Must not leave anything out: what no font has is told by number, [U+1F600].
 * Used by pdf alone. */
#ifndef PDF_LINES_H
#define PDF_LINES_H

#include "pdf/fonts.h"

/* Widths are in thousandths of the size of the letters. */
typedef struct PdfGlyph {
    uint16_t code;
    int32_t advance; /* how far the next one stands */
    int32_t width;   /* how far it would without its neighbours */
    int32_t x, y;    /* moved by as much */
} PdfGlyph;

/* A letter with its marks, or a group of letters that is drawn as one. */
typedef struct PdfCluster {
    uint32_t point, glyph; /* the first of each */
    uint16_t points, glyphs;
    int32_t width;
    uint8_t font;
    uint8_t level;  /* of direction: odd runs from right to left */
    bool is_space;
    bool may_break; /* a line may end behind it */
    bool is_many;   /* the letters are not simply one glyph, or one each */
} PdfCluster;

typedef struct PdfLine {
    const uint32_t *points;
    const PdfGlyph *glyphs;
    const PdfCluster *clusters; /* in the order in which they are read */
    size_t count;
    int32_t width; /* without the spaces at its end */
    bool rtl;      /* begins at the right */
} PdfLine;

typedef struct PdfText {
    PdfLine *items;
    size_t count;
} PdfText;

typedef struct PdfMeasure {
    int32_t width; /* in thousandths of the size */
    bool bold;
} PdfMeasure;

/* At least one line, an empty one for an empty text. The result lives in keep, which has to outlive every use of it.
 * Errors: E_BAD_UTF8, E_NO_MEMORY, E_TOO_LARGE, E_INTERNAL (a font gave no glyph for what it has). */
MUST_USE Err pdf_lines_make(PdfFonts *fonts, Str text, PdfMeasure measure, Arena *keep, PdfText *ret_text);

#endif

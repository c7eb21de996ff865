/* The fonts of a document: which of those inside the program has a letter, and which of their glyphs the document needs.
 * Must not read a file: the fonts are part of the program (docs/decisions/0018).
 * Used by pdf alone. */
#ifndef PDF_FONTS_H
#define PDF_FONTS_H

#include <hb.h>

#include "base/str.h"

/* In the order in which a letter is looked for. What a family has no bold of is printed in regular. `plain`: ligatures and
 * alternates stay off, since Inter would print 3x5 as 3×5. tools/fonts.py says which files they are. */
#define PDF_FAMILIES(X)                         \
    X(inter, "Inter", true)                     \
    X(inter_ext, "InterExt", true)              \
    X(noto, "NotoSans", false)                  \
    X(arabic, "NotoSansArabic", false)          \
    X(hebrew, "NotoSansHebrew", false)          \
    X(devanagari, "NotoSansDevanagari", false)  \
    X(bengali, "NotoSansBengali", false)        \
    X(gurmukhi, "NotoSansGurmukhi", false)      \
    X(gujarati, "NotoSansGujarati", false)      \
    X(tamil, "NotoSansTamil", false)            \
    X(telugu, "NotoSansTelugu", false)          \
    X(kannada, "NotoSansKannada", false)        \
    X(malayalam, "NotoSansMalayalam", false)    \
    X(sinhala, "NotoSansSinhala", false)        \
    X(thai, "NotoSansThai", false)              \
    X(lao, "NotoSansLao", false)                \
    X(khmer, "NotoSansKhmer", false)            \
    X(myanmar, "NotoSansMyanmar", false)        \
    X(tibetan, "NotoSerifTibetan", false)       \
    X(ethiopic, "NotoSansEthiopic", false)      \
    X(armenian, "NotoSansArmenian", false)      \
    X(georgian, "NotoSansGeorgian", false)      \
    X(syriac, "NotoSansSyriac", false)          \
    X(thaana, "NotoSansThaana", false)          \
    X(nko, "NotoSansNKo", false)                \
    X(tifinagh, "NotoSansTifinagh", false)      \
    X(cherokee, "NotoSansCherokee", false)      \
    X(mongolian, "NotoSansMongolian", false)    \
    X(han, "DroidSansFallback", false)          \
    X(symbols, "NotoSansSymbols", false)        \
    X(symbols_2, "NotoSansSymbols2", false)     \
    X(math, "NotoSansMath", false)

#define X(family, name, plain) PDF_FAMILY_##family,
typedef enum PdfFamily { PDF_FAMILIES(X) PDF_FAMILY_COUNT } PdfFamily;
#undef X

#define PDF_FONTS_MAX (2 * PDF_FAMILY_COUNT)
#define PDF_NO_FONT 255

/* What a code of the document's text stands for: a glyph, and the letters that it shows. One glyph has several codes when it
 * shows several texts (Å by each of its spellings), so that whoever copies gets the one that was written. */
typedef struct PdfCode {
    uint32_t glyph;
    uint32_t points_count;
    const uint32_t *points;
} PdfCode;

typedef struct PdfFont {
    hb_face_t *face; /* NULL: not used yet */
    hb_font_t *font;
    unsigned em;     /* units of the font in its em */
    PdfCode *codes;  /* codes[0] is never printed */
    uint32_t count, room;
    uint32_t *places; /* a hash table of indexes into codes */
    uint32_t places_room;
} PdfFont;

typedef struct PdfFonts {
    Arena *keep;
    PdfFont items[PDF_FONTS_MAX];
} PdfFonts;

PdfFonts pdf_fonts_new(Arena *keep);
void pdf_fonts_done(PdfFonts *fonts);

/* The font of a family, opened when first asked for; the regular one stands for a bold one that is not there. Errors: E_NO_MEMORY. */
MUST_USE Err pdf_fonts_open(PdfFonts *fonts, uint8_t font);
/* The first font that has all points of a letter with its marks (those that show nothing by themselves are not asked for), or
 * PDF_NO_FONT. */
MUST_USE Err pdf_fonts_find(PdfFonts *fonts, const uint32_t *points, size_t count, bool bold, uint8_t *ret_font);
/* Prints no ligature that its letters do not ask for. */
bool pdf_font_is_plain(uint8_t font);
/* "NotoSansHebrew-Bold" */
const char *pdf_font_name(uint8_t font);

/* The code of a glyph that shows these points; points is copied. Errors: E_NO_MEMORY, E_TOO_LARGE (over 65,535). */
MUST_USE Err pdf_font_code(PdfFonts *fonts, uint8_t font, const PdfCode *wanted, uint16_t *ret_code);
/* How wide a glyph is by itself, in thousandths of its size. */
int32_t pdf_font_width(const PdfFont *font, uint32_t glyph);
/* A measure of the font in thousandths. */
int32_t pdf_font_scale(const PdfFont *font, int64_t units);

/* A point that shows nothing by itself and belongs to the letter before it. */
bool pdf_point_joins(uint32_t point);

#endif

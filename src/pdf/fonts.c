/* Opens the fonts that lie inside the program, when a letter asks for them, and keeps count of the glyphs that are printed.
 * Must not print a glyph for a letter that the font lacks: such letters are told by number (pdf/lines.c).
 * Called by pdf/lines.c and pdf/embed.c. */
#include "pdf/fonts.h"

#include <string.h>

/* From the file that tools/fonts.py makes. Where a family has no bold, both names stand for the same bytes. */
#define X(family, name, plain)                                               \
    extern const char pdf_##family##_regular[], pdf_##family##_regular_end[]; \
    extern const char pdf_##family##_bold[], pdf_##family##_bold_end[];
PDF_FAMILIES(X)
#undef X

typedef struct FontFile {
    const char *start, *end, *name;
    bool plain;
} FontFile;

static const FontFile files[PDF_FONTS_MAX] = {
#define X(family, name, plain)                                                                                     \
    [2 * PDF_FAMILY_##family] = {pdf_##family##_regular, pdf_##family##_regular_end, name "-Regular", (plain)}, \
    [2 * PDF_FAMILY_##family + 1] = {pdf_##family##_bold, pdf_##family##_bold_end, name "-Bold", (plain)},
    PDF_FAMILIES(X)
#undef X
};

PdfFonts pdf_fonts_new(Arena *keep)
{
    return (PdfFonts){.keep = keep};
}

void pdf_fonts_done(PdfFonts *fonts)
{
    for (size_t i = 0; i < COUNT_OF(fonts->items); i++) {
        hb_font_destroy(fonts->items[i].font);
        hb_face_destroy(fonts->items[i].face);
        fonts->items[i].font = NULL;
        fonts->items[i].face = NULL;
    }
}

Err pdf_fonts_open(PdfFonts *fonts, uint8_t font)
{
    PdfFont *item = &fonts->items[font];
    const FontFile *file = &files[font];

    if (item->font)
        return ok();
    hb_blob_t *blob = hb_blob_create(file->start, (unsigned)(file->end - file->start), HB_MEMORY_MODE_READONLY, NULL, NULL);
    item->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    item->font = hb_font_create(item->face);
    item->em = hb_face_get_upem(item->face);
    if (hb_face_get_glyph_count(item->face) == 0 || item->em == 0)
        return fail(E_INTERNAL);
    /* Code 0 is what a reader shows for a letter that is missing. */
    return pdf_font_code(fonts, font, &(PdfCode){0}, &(uint16_t){0});
}

bool pdf_font_is_plain(uint8_t font)
{
    return files[font].plain;
}

const char *pdf_font_name(uint8_t font)
{
    return files[font].name;
}

bool pdf_point_joins(uint32_t point)
{
    return point == 0x200C || point == 0x200D || point == 0x034F || (point >= 0xFE00 && point <= 0xFE0F) ||
           (point >= 0xE0100 && point <= 0xE01EF);
}

static bool has_all(const PdfFont *font, const uint32_t *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        hb_codepoint_t glyph = 0;
        if (pdf_point_joins(points[i]) && i > 0)
            continue;
        if (!hb_font_get_nominal_glyph(font->font, points[i], &glyph) || glyph == 0)
            return false;
    }
    return true;
}

Err pdf_fonts_find(PdfFonts *fonts, const uint32_t *points, size_t count, bool bold, uint8_t *ret_font)
{
    for (unsigned family = 0; family < PDF_FAMILY_COUNT; family++) {
        uint8_t font = (uint8_t)(2 * family + bold);
        if (files[font].start == files[2 * family].start)
            font = (uint8_t)(2 * family);
        TRY(pdf_fonts_open(fonts, font));
        if (!has_all(&fonts->items[font], points, count))
            continue;
        *ret_font = font;
        return ok();
    }
    *ret_font = PDF_NO_FONT;
    return ok();
}

int32_t pdf_font_scale(const PdfFont *font, int64_t units)
{
    int64_t em = font->em;
    int64_t doubled = units * 2000 + (units < 0 ? -em : em);
    return (int32_t)(doubled / (2 * em));
}

int32_t pdf_font_width(const PdfFont *font, uint32_t glyph)
{
    return pdf_font_scale(font, hb_font_get_glyph_h_advance(font->font, glyph));
}

/* ---- codes ---- */

static uint32_t hash_of(const PdfCode *code)
{
    uint32_t hash = 2166136261u ^ code->glyph;
    for (uint32_t i = 0; i < code->points_count; i++)
        hash = (hash ^ code->points[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static bool same_code(const PdfCode *a, const PdfCode *b)
{
    return a->glyph == b->glyph && a->points_count == b->points_count &&
           (a->points_count == 0 || memcmp(a->points, b->points, a->points_count * sizeof *a->points) == 0);
}

/* Where a code is, or where it would go: places hold index + 1. */
static uint32_t *place_of(PdfFont *font, const PdfCode *wanted)
{
    uint32_t at = hash_of(wanted) & (font->places_room - 1);
    while (font->places[at] && !same_code(&font->codes[font->places[at] - 1], wanted))
        at = (at + 1) & (font->places_room - 1);
    return &font->places[at];
}

static Err make_room(PdfFont *font, Arena *keep)
{
    uint32_t room = font->room ? font->room * 2 : 64;
    PdfCode *codes = NULL;

    if (font->count < font->room)
        return ok();
    TRY(ARENA_NEW(keep, PdfCode, room, &codes));
    if (font->count)
        memcpy(codes, font->codes, font->count * sizeof *codes);
    TRY(ARENA_NEW(keep, uint32_t, (size_t)room * 2, &font->places));
    font->codes = codes;
    font->room = room;
    font->places_room = room * 2;
    for (uint32_t i = 0; i < font->count; i++)
        *place_of(font, &codes[i]) = i + 1;
    return ok();
}

Err pdf_font_code(PdfFonts *fonts, uint8_t font, const PdfCode *wanted, uint16_t *ret_code)
{
    PdfFont *item = &fonts->items[font];
    PdfCode code = {.glyph = wanted->glyph, .points_count = wanted->points_count};
    uint32_t *points = NULL;

    TRY(make_room(item, fonts->keep));
    uint32_t *place = place_of(item, wanted);
    if (*place == 0) {
        if (item->count > UINT16_MAX)
            return fail(E_TOO_LARGE);
        if (wanted->points_count) {
            TRY(ARENA_NEW(fonts->keep, uint32_t, wanted->points_count, &points));
            memcpy(points, wanted->points, wanted->points_count * sizeof *points);
        }
        code.points = points;
        item->codes[item->count++] = code;
        *place = item->count;
    }
    *ret_code = (uint16_t)(*place - 1);
    return ok();
}

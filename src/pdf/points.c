/* Replaces what no font has, what shows nothing and what turns the direction by its number, then chooses fonts letter by letter.
 * Must not know of widths and lines.
 * Called by pdf/lines.c. */
#include "pdf/points.h"

#include <stdio.h>
#include <string.h>

#define TOLD_MAX 10 /* [U+10FFFF] */

bool pdf_point_is_mark(uint32_t point)
{
    if (point < 0x300)
        return false;
    hb_unicode_general_category_t category = hb_unicode_general_category(hb_unicode_funcs_get_default(), point);
    return category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK || category == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
           category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK || pdf_point_joins(point);
}

/* Letters and marks to Unicode, nothing to the eye: fillers of Korean, two vowels of Khmer that are not written, selectors of
 * Mongolian. */
static const uint32_t fillers[] = {0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0};

/* Controls, what only tells a program how to draw, and what has a meaning for one font only. */
static bool is_hidden(uint32_t point)
{
    if (point >= 0x20 && point < 0x7F)
        return false;
    if (pdf_point_joins(point))
        return true;
    for (size_t i = 0; i < COUNT_OF(fillers); i++)
        if (fillers[i] == point)
            return true;
    switch ((int)hb_unicode_general_category(hb_unicode_funcs_get_default(), point)) {
    case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
    case HB_UNICODE_GENERAL_CATEGORY_UNASSIGNED:
    case HB_UNICODE_GENERAL_CATEGORY_PRIVATE_USE:
    case HB_UNICODE_GENERAL_CATEGORY_SURROGATE:
    case HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR:
    case HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR:
        return true;
    default:
        return false;
    }
}

static void tell(PdfPoints *points, uint32_t point)
{
    char told[TOLD_MAX + 1];
    int length = snprintf(told, sizeof told, "[U+%04X]", point);
    for (int i = 0; i < length; i++)
        points->items[points->count++] = (unsigned char)told[i];
}

/* A joiner or selector stays where a letter stands before it; HarfBuzz reads it, and draws nothing for it. */
static bool has_letter_before(const PdfPoints *points, bool told_before)
{
    return points->count > 0 && points->items[points->count - 1] != ' ' && !told_before;
}

static Err read_points(PdfFonts *fonts, Str text, bool bold, PdfPoints *points)
{
    bool told_before = false;

    for (size_t at = 0; at < text.length;) {
        uint32_t point = utf8_next(text, &at);
        uint8_t font = PDF_NO_FONT;
        if (point == '\t')
            point = ' ';
        bool kept = pdf_point_joins(point) && has_letter_before(points, told_before);
        if (!kept && !is_hidden(point))
            TRY(pdf_fonts_find(fonts, &point, 1, bold, &font));
        told_before = !kept && font == PDF_NO_FONT;
        if (told_before)
            tell(points, point);
        else
            points->items[points->count++] = point;
    }
    return ok();
}

/* A letter and its marks are drawn by one font where one has them all, else each by the first that has it. */
static Err choose_fonts(PdfFonts *fonts, bool bold, PdfPoints *points)
{
    for (size_t at = 0; at < points->count;) {
        size_t end = at + 1;
        while (end < points->count && pdf_point_is_mark(points->items[end]))
            end++;
        uint8_t font = PDF_NO_FONT;
        TRY(pdf_fonts_find(fonts, points->items + at, end - at, bold, &font));
        for (size_t i = at; i < end; i++) {
            points->fonts[i] = font;
            if (font == PDF_NO_FONT && i > at && pdf_point_joins(points->items[i]))
                points->fonts[i] = points->fonts[i - 1];
            else if (font == PDF_NO_FONT)
                TRY(pdf_fonts_find(fonts, points->items + i, 1, bold, &points->fonts[i]));
        }
        at = end;
    }
    return ok();
}

Err pdf_points_make(PdfFonts *fonts, Str text, bool bold, Arena *keep, PdfPoints *ret_points)
{
    PdfPoints points = {0};
    size_t room = 0;

    TRY(size_mul(utf8_length(text), TOLD_MAX, &room));
    TRY(ARENA_NEW(keep, uint32_t, room + 1, &points.items));
    TRY(read_points(fonts, text, bold, &points));
    TRY(ARENA_NEW(keep, uint8_t, points.count + 1, &points.fonts));
    TRY(choose_fonts(fonts, bold, &points));
    *ret_points = points;
    return ok();
}

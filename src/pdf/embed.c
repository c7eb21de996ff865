/* Each font as a Type0 font of two-byte codes: its TrueType subset by HarfBuzz, the glyph, the width and the letters of each code.
 * Must not embed more glyphs than are printed.
 * Called by pdf/pdf.c. */
#include "pdf/embed.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <stdio.h>

#define TABLE_MAX ((size_t)16 << 20)

/* What a printed page does not need: it is shaped already. */
static const hb_tag_t dropped[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('k', 'e', 'r', 'n'),
    HB_TAG('S', 'T', 'A', 'T'), HB_TAG('B', 'A', 'S', 'E'), HB_TAG('m', 'e', 't', 'a'), HB_TAG('D', 'S', 'I', 'G'),
};

typedef struct Subset {
    hb_subset_input_t *input;
    hb_subset_plan_t *plan;
    hb_face_t *face;
    hb_blob_t *blob;
} Subset;

static void subset_done(Subset *subset)
{
    hb_blob_destroy(subset->blob);
    hb_face_destroy(subset->face);
    hb_subset_plan_destroy(subset->plan);
    hb_subset_input_destroy(subset->input);
}

static Err make_subset(const PdfFont *font, Subset *subset)
{
    subset->input = hb_subset_input_create_or_fail();
    if (!subset->input)
        return fail(E_NO_MEMORY);
    hb_set_t *glyphs = hb_subset_input_glyph_set(subset->input);
    hb_set_t *drop = hb_subset_input_set(subset->input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (uint32_t i = 0; i < font->count; i++)
        hb_set_add(glyphs, font->codes[i].glyph);
    for (size_t i = 0; i < COUNT_OF(dropped); i++)
        hb_set_add(drop, dropped[i]);
    hb_subset_input_set_flags(subset->input, HB_SUBSET_FLAGS_NO_HINTING);
    subset->plan = hb_subset_plan_create_or_fail(font->face, subset->input);
    if (!subset->plan)
        return fail(E_NO_MEMORY);
    subset->face = hb_subset_plan_execute_or_fail(subset->plan);
    if (!subset->face)
        return fail(E_INTERNAL);
    subset->blob = hb_face_reference_blob(subset->face);
    return hb_blob_get_length(subset->blob) ? ok() : fail(E_INTERNAL);
}

/* Two bytes for each code: its glyph in the subset. */
static Err put_glyphs(Pdf *pdf, const PdfFont *font, const Subset *subset, uint32_t number)
{
    const hb_map_t *renamed = hb_subset_plan_old_to_new_glyph_mapping(subset->plan);
    Buf map = buf_new(pdf->scratch, TABLE_MAX);
    Str text = STR_NONE;

    for (uint32_t i = 0; i < font->count; i++) {
        uint32_t glyph = hb_map_get(renamed, font->codes[i].glyph);
        if (glyph > UINT16_MAX)
            return fail(E_INTERNAL);
        buf_add_u16(&map, (uint16_t)glyph);
    }
    TRY(buf_done(&map, &text));
    pdf_stream_put(&pdf->objects, number, STR_NONE, text);
    return pdf->objects.err;
}

/* The letters of each code, a hundred to a block as the format wants it. */
static Err put_letters(Pdf *pdf, const PdfFont *font, uint32_t number)
{
    Buf map = buf_new(pdf->scratch, TABLE_MAX);
    Str text = STR_NONE;

    buf_add(&map, STR("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                      "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
                      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                      "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"));
    for (uint32_t i = 1; i < font->count; i++) {
        uint32_t left = font->count - i;
        if (i % 100 == 1)
            buf_format(&map, "%u beginbfchar\n", left < 100 ? left : 100);
        buf_format(&map, "<%04X><", i);
        for (uint32_t p = 0; p < font->codes[i].points_count; p++)
            pdf_add_utf16(&map, font->codes[i].points[p]);
        buf_add(&map, STR(">\n"));
        if (i % 100 == 0 || left == 1)
            buf_add(&map, STR("endbfchar\n"));
    }
    buf_add(&map, STR("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"));
    TRY(buf_done(&map, &text));
    pdf_stream_put(&pdf->objects, number, STR_NONE, text);
    return pdf->objects.err;
}

/* Six letters that tell the subset from another of the same font. */
static void add_name(Buf *buf, uint8_t font)
{
    buf_format(buf, "/STAF%c%c+%s", 'A' + font / 26, 'A' + font % 26, pdf_font_name(font));
}

static int32_t measure_of(const PdfFont *font, hb_ot_metrics_tag_t tag)
{
    hb_position_t position = 0;
    hb_ot_metrics_get_position_with_fallback(font->font, tag, &position);
    return pdf_font_scale(font, position);
}

/* The box of the whole font, from its table head. */
static void add_box(Buf *buf, const PdfFont *font)
{
    hb_blob_t *head = hb_face_reference_table(font->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(head, &length);
    Cursor cursor = cursor_new(str_from_bytes(bytes, length));

    cursor_bytes(&cursor, 36);
    buf_add(buf, STR("/FontBBox["));
    for (unsigned i = 0; i < 4; i++)
        buf_format(buf, "%d ", pdf_font_scale(font, (int16_t)cursor_u16(&cursor)));
    buf_add_char(buf, ']');
    hb_blob_destroy(head);
}

static Err put_descriptor(Pdf *pdf, uint8_t font, uint32_t number, uint32_t file)
{
    const PdfFont *item = &pdf->fonts.items[font];
    Buf descriptor = buf_new(pdf->scratch, 1024);
    Str text = STR_NONE;

    buf_add(&descriptor, STR("<</Type/FontDescriptor/FontName"));
    add_name(&descriptor, font);
    add_box(&descriptor, item);
    buf_format(&descriptor, "/Flags 4/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile2 %u 0 R>>",
               measure_of(item, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER), measure_of(item, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER),
               measure_of(item, HB_OT_METRICS_TAG_CAP_HEIGHT), font & 1 ? 140 : 80, file);
    TRY(buf_done(&descriptor, &text));
    pdf_object_put(&pdf->objects, number, text);
    return pdf->objects.err;
}

typedef struct Numbers {
    uint32_t font, descendant, descriptor, file, glyphs, letters;
} Numbers;

static Err put_dictionaries(Pdf *pdf, uint8_t font, const Numbers *numbers)
{
    const PdfFont *item = &pdf->fonts.items[font];
    Buf below = buf_new(pdf->scratch, TABLE_MAX), above = buf_new(pdf->scratch, 1024);
    Str text = STR_NONE;

    buf_add(&below, STR("<</Type/Font/Subtype/CIDFontType2/BaseFont"));
    add_name(&below, font);
    buf_format(&below, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %u 0 R"
                       "/CIDToGIDMap %u 0 R/DW 0/W[0[", numbers->descriptor, numbers->glyphs);
    for (uint32_t i = 0; i < item->count; i++)
        buf_format(&below, "%d ", pdf_font_width(item, item->codes[i].glyph));
    buf_add(&below, STR("]]>>"));
    TRY(buf_done(&below, &text));
    pdf_object_put(&pdf->objects, numbers->descendant, text);
    buf_add(&above, STR("<</Type/Font/Subtype/Type0/BaseFont"));
    add_name(&above, font);
    buf_format(&above, "/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R>>", numbers->descendant, numbers->letters);
    TRY(buf_done(&above, &text));
    pdf_object_put(&pdf->objects, numbers->font, text);
    return pdf->objects.err;
}

static Err put_parts(Pdf *pdf, uint8_t font, const Numbers *numbers, const Subset *subset)
{
    char entries[32];
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(subset->blob, &length);
    int written = snprintf(entries, sizeof entries, "/Length1 %u", length);

    pdf_stream_put(&pdf->objects, numbers->file, str_from_bytes(entries, (size_t)written), str_from_bytes(bytes, length));
    TRY(put_glyphs(pdf, &pdf->fonts.items[font], subset, numbers->glyphs));
    TRY(put_letters(pdf, &pdf->fonts.items[font], numbers->letters));
    TRY(put_descriptor(pdf, font, numbers->descriptor, numbers->file));
    return put_dictionaries(pdf, font, numbers);
}

static Err put_font(Pdf *pdf, uint8_t font, uint32_t *ret_number)
{
    AUTO(subset_done) Subset subset = {0};
    PdfObjects *objects = &pdf->objects;
    Numbers numbers = {.font = pdf_object_new(objects), .descendant = pdf_object_new(objects),
                       .descriptor = pdf_object_new(objects), .file = pdf_object_new(objects),
                       .glyphs = pdf_object_new(objects), .letters = pdf_object_new(objects)};

    TRY(objects->err);
    TRY(make_subset(&pdf->fonts.items[font], &subset));
    TRY(put_parts(pdf, font, &numbers, &subset));
    *ret_number = numbers.font;
    return ok();
}

Err pdf_fonts_put(Pdf *pdf)
{
    Buf resources = buf_new(pdf->scratch, 4096);
    Str text = STR_NONE;

    buf_reserve(&resources, 4096); /* before the marks below */
    buf_add(&resources, STR("<</Font<<"));
    for (unsigned i = 0; i < PDF_FONTS_MAX; i++) {
        uint32_t number = 0;
        size_t mark = arena_mark(pdf->scratch);
        /* Opened only to see what it has: no code but the first. */
        if (pdf->fonts.items[i].count < 2)
            continue;
        TRY(put_font(pdf, (uint8_t)i, &number));
        arena_rewind(pdf->scratch, mark);
        buf_format(&resources, "/F%u %u 0 R", i, number);
    }
    buf_add(&resources, STR(">>>>"));
    TRY(buf_done(&resources, &text));
    pdf_object_put(&pdf->objects, pdf->resources, text);
    return pdf->objects.err;
}

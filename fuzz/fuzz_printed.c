/* Fuzz target: whatever a text is, a document takes it in every place as long as it is UTF-8, and never for a glyph that is missing.
 * The first byte chooses the place, and whether the rest is the text itself or the numbers of its points, three bytes each: so most
 * of what is tried is UTF-8.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "base/buf.h"
#include "pdf/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void put(Pdf *pdf, uint8_t place, Str text)
{
    const PdfColumn columns[] = {{.head = text.length < 12 ? text : STR("Navn"), .share = 1, .names_row = true},
                                 {.head = STR("Hva"), .share = 3}};

    switch (place % 5) {
    case 0:
        pdf_heading(pdf, 2, text.length ? text : STR("-"));
        return;
    case 1:
        pdf_paragraph(pdf, text);
        return;
    case 2:
        pdf_pairs(pdf, &(PdfPair){text, text}, 1);
        return;
    case 3:
        pdf_small(pdf, text);
        return;
    default:
        pdf_table_begin(pdf, columns, COUNT_OF(columns));
        pdf_table_row(pdf, (const Str[]){text, text});
        pdf_table_end(pdf);
    }
}

static Str points_of(const uint8_t *bytes, size_t length, Arena *arena)
{
    Buf text = buf_new(arena, 4096);
    Str all = STR_NONE;

    for (size_t i = 0; i + 3 <= length; i += 3) {
        uint32_t point = ((uint32_t)bytes[i] << 16 | (uint32_t)bytes[i + 1] << 8 | bytes[i + 2]) % 0x110000;
        if (point != 0 && (point < 0xD800 || point > 0xDFFF))
            buf_add_utf8(&text, point);
    }
    if (!is_ok(buf_done(&text, &all)))
        abort();
    return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const PdfAbout about = {.title = {"t", 1}, .language = {"nb", 2}, .label = {"l", 1}, .page = {"s", 1}, .of = {"a", 1}};
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(pdf_freep) Pdf *pdf = NULL;
    Str said = STR_NONE;

    if (length == 0 || length > 1024 || !is_ok(arena_new((size_t)64 << 20, &arena)))
        return 0;
    Str text = bytes[0] & 0x80 ? points_of(bytes + 1, length - 1, arena) : str_from_bytes(bytes + 1, length - 1);
    if (!is_ok(pdf_open(&about, (size_t)16 << 20, arena, &pdf)))
        abort();
    pdf_heading(pdf, 1, STR("t"));
    put(pdf, bytes[0], text);
    Err err = pdf_finish(pdf, &said);
    if (utf8_valid(text) ? !is_ok(err) : err.id != E_BAD_UTF8)
        abort();
    return 0;
}

/* Opens a document and ends it: the catalog, and all that is known only when the last page is full.
 * Must not write a document without a heading: it would have no way in.
 * Called by whoever writes a document. */
#include "pdf/pdf.h"

#include "pdf/bookmarks.h"
#include "pdf/embed.h"
#include "pdf/metadata.h"
#include "pdf/pages.h"
#include "pdf/structure.h"

#define SCRATCH_MAX ((size_t)256 << 20)
#define CONTENT_MAX ((size_t)64 << 20)

bool pdf_keep(Pdf *pdf, Err err)
{
    if (is_ok(pdf->err))
        pdf->err = err;
    return is_ok(pdf->err);
}

/* One line of text that is told about the document. */
static Err copy_text(Pdf *pdf, Str text, bool needed, Str *ret_copy)
{
    if (!utf8_valid(text))
        return fail(E_BAD_UTF8);
    if (needed && text.length == 0)
        return fail(E_INVALID);
    return str_copy(pdf->keep, text, ret_copy);
}

/* Letters and hyphens, as languages are named. */
static bool is_language(Str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!((text.data[i] >= 'a' && text.data[i] <= 'z') || (text.data[i] >= 'A' && text.data[i] <= 'Z') || text.data[i] == '-'))
            return false;
    return text.length > 0;
}

static Err copy_about(Pdf *pdf, const PdfAbout *about)
{
    pdf->about.made_at = about->made_at;
    if (!is_language(about->language))
        return fail(E_INVALID);
    TRY(copy_text(pdf, about->title, true, &pdf->about.title));
    TRY(copy_text(pdf, about->language, true, &pdf->about.language));
    TRY(copy_text(pdf, about->label, true, &pdf->about.label));
    TRY(copy_text(pdf, about->made, false, &pdf->about.made));
    TRY(copy_text(pdf, about->page, true, &pdf->about.page));
    return copy_text(pdf, about->of, true, &pdf->about.of);
}

static Err prepare(Pdf *pdf, const PdfAbout *about, size_t maximum)
{
    TRY(copy_about(pdf, about));
    TRY(arena_new(SCRATCH_MAX, &pdf->scratch));
    TRY(pdf_objects_open(&pdf->objects, maximum, pdf->keep));
    pdf->catalog = pdf_object_new(&pdf->objects);
    pdf->pages_root = pdf_object_new(&pdf->objects);
    pdf->resources = pdf_object_new(&pdf->objects);
    pdf->tree = pdf_object_new(&pdf->objects);
    pdf->document = pdf_element_new(pdf, NULL, "Document", pdf->keep);
    return pdf_pages_prepare(pdf);
}

Err pdf_open(const PdfAbout *about, size_t maximum, Arena *keep, Pdf **ret_pdf)
{
    AUTO(pdf_freep) Pdf *pdf = NULL;

    TRY(ARENA_NEW(keep, Pdf, 1, &pdf));
    pdf->keep = keep;
    pdf->fonts = pdf_fonts_new(keep);
    pdf->content = buf_new(keep, CONTENT_MAX);
    pdf->owners = buf_new(keep, CONTENT_MAX);
    TRY(prepare(pdf, about, maximum));
    *ret_pdf = TAKE(pdf);
    return ok();
}

void pdf_free(Pdf *pdf)
{
    if (!pdf)
        return;
    pdf_fonts_done(&pdf->fonts);
    pdf_objects_done(&pdf->objects);
    arena_freep(&pdf->scratch);
}

void pdf_freep(Pdf **pdf)
{
    pdf_free(*pdf);
    *pdf = NULL;
}

static Err put_tree(Pdf *pdf, uint32_t parents)
{
    Buf body = buf_new(pdf->scratch, 256);
    Str text = STR_NONE;

    buf_format(&body, "<</Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %u>>", pdf->document.number, parents,
               pdf->pages_count);
    TRY(buf_done(&body, &text));
    pdf_object_put(&pdf->objects, pdf->tree, text);
    return pdf->objects.err;
}

static Err put_catalog(Pdf *pdf, uint32_t bookmarks)
{
    Buf body = buf_new(pdf->scratch, 4096);
    Str text = STR_NONE;
    uint32_t metadata = pdf_metadata_put(pdf), intent = pdf_intent_put(pdf);

    buf_format(&body, "<</Type/Catalog/Pages %u 0 R/StructTreeRoot %u 0 R/MarkInfo<</Marked true>>/Metadata %u 0 R"
                      "/OutputIntents[%u 0 R]/ViewerPreferences<</DisplayDocTitle true>>/PageMode/UseOutlines/Outlines %u 0 R/Lang(",
               pdf->pages_root, pdf->tree, metadata, intent, bookmarks);
    buf_add(&body, pdf->about.language);
    buf_add(&body, STR(")>>"));
    TRY(buf_done(&body, &text));
    pdf_object_put(&pdf->objects, pdf->catalog, text);
    return pdf->objects.err;
}

static Err finish(Pdf *pdf)
{
    uint32_t parents = 0, bookmarks = 0;

    TRY(pdf_pages_finish(pdf, &parents));
    pdf_element_close(pdf, &pdf->document);
    TRY(pdf->err);
    TRY(pdf_bookmarks_put(pdf, &bookmarks));
    TRY(put_tree(pdf, parents));
    TRY(pdf_fonts_put(pdf));
    TRY(put_catalog(pdf, bookmarks));
    pdf->info = pdf_info_put(pdf);
    return pdf->err;
}

Err pdf_finish(Pdf *pdf, Str *ret_bytes)
{
    TRY(pdf->err);
    if (pdf->finished || pdf->table.count || pdf->bookmarks_count == 0)
        return fail(E_INTERNAL);
    pdf->finished = true;
    TRY(finish(pdf));
    return pdf_objects_finish(&pdf->objects, pdf->catalog, pdf->info, ret_bytes);
}

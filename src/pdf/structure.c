/* Writes elements when they are closed, children before parents, and the numbers by which a page's content names them.
 * Must not keep elements: a document of thousands of rows holds only those that are open. Must not rewind the scratch memory either:
 * lists of children grow in it. Whoever puts a row does, at its end.
 * Called by pdf/draw.c, pdf/rows.c, pdf/blocks.c, pdf/finish.c. */
#include "pdf/structure.h"

#define KIDS_MAX ((size_t)64 << 20)
#define SPAN_MAX ((size_t)4 << 20)

PdfElement pdf_element_new(Pdf *pdf, PdfElement *parent, const char *kind, Arena *arena)
{
    PdfElement element = {.number = pdf_object_new(&pdf->objects), .parent = parent ? parent->number : pdf->tree, .kind = kind,
                          .attributes = "", .kids = buf_new(arena, KIDS_MAX)};
    if (parent)
        buf_format(&parent->kids, "%u 0 R ", element.number);
    return element;
}

void pdf_element_close(Pdf *pdf, PdfElement *element)
{
    Buf body = buf_new(pdf->scratch, KIDS_MAX);
    Str kids = STR_NONE, text = STR_NONE;

    if (pdf->marked == element)
        pdf_mark_end(pdf);
    if (!pdf_keep(pdf, buf_done(&element->kids, &kids)))
        return;
    buf_format(&body, "<</S/%s/P %u 0 R", element->kind, element->parent);
    if (element->page)
        buf_format(&body, "/Pg %u 0 R", element->page);
    buf_add(&body, str_from_c(element->attributes));
    if (kids.length) {
        buf_add(&body, STR("/K["));
        buf_add(&body, str_slice(kids, 0, kids.length - 1));
        buf_add_char(&body, ']');
    }
    buf_add(&body, STR(">>"));
    if (pdf_keep(pdf, buf_done(&body, &text)))
        pdf_object_put(&pdf->objects, element->number, text);
}

/* The next number of the page; the element is its owner. */
static unsigned take_number(Pdf *pdf, uint32_t owner)
{
    buf_format(&pdf->owners, "%u 0 R ", owner);
    return pdf->marks++;
}

void pdf_mark_end(Pdf *pdf)
{
    if (pdf->marked)
        buf_add(&pdf->content, STR("EMC\n"));
    pdf->marked = NULL;
}

/* An element that goes on over the page names the page with each number there. */
void pdf_mark(Pdf *pdf, PdfElement *element)
{
    uint32_t page = pdf->pages[pdf->pages_count - 1].number;

    if (pdf->marked == element)
        return;
    pdf_mark_end(pdf);
    unsigned number = take_number(pdf, element->number);
    if (element->page == 0)
        element->page = page;
    if (element->page == page)
        buf_format(&element->kids, "%u ", number);
    else
        buf_format(&element->kids, "<</Type/MCR/Pg %u 0 R/MCID %u>> ", page, number);
    buf_format(&pdf->content, "/%s<</MCID %u>>BDC\n", element->kind, number);
    pdf->marked = element;
}

/* Stands for a Span that is open: nothing goes on with it. */
static const PdfElement nobody;

void pdf_mark_span(Pdf *pdf, PdfElement *element, const PdfSpan *span)
{
    uint32_t page = pdf->pages[pdf->pages_count - 1].number;
    uint32_t own = pdf_object_new(&pdf->objects);
    Buf body = buf_new(pdf->scratch, SPAN_MAX);
    Str text = STR_NONE;

    pdf_mark_end(pdf);
    unsigned number = take_number(pdf, own);
    buf_format(&element->kids, "%u 0 R ", own);
    buf_format(&body, "<</S/Span/P %u 0 R/Pg %u 0 R/K %u/ActualText", element->number, page, number);
    pdf_add_points(&body, span->points, span->count);
    buf_add(&body, STR(">>"));
    if (pdf_keep(pdf, buf_done(&body, &text)))
        pdf_object_put(&pdf->objects, own, text);
    buf_format(&pdf->content, "/Span<</MCID %u", number);
    if (span->in_place) {
        buf_add(&pdf->content, STR("/ActualText"));
        pdf_add_points(&pdf->content, span->points, span->count);
    }
    buf_add(&pdf->content, STR(">>BDC\n"));
    pdf->marked = &nobody;
}

void pdf_mark_artifact(Pdf *pdf, const char *properties)
{
    pdf_mark_end(pdf);
    buf_format(&pdf->content, "/Artifact%sBDC\n", properties);
    pdf->marked = &nobody;
}

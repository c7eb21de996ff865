/* Each page is written as soon as it is full; only its footer waits, since it says how many pages there are.
 * Must not hold a page's content longer than it is open.
 * Called by pdf/pdf.c and pdf/rows.c. */
#include "pdf/pages.h"

#include <stdio.h>
#include <string.h>

#include "pdf/draw.h"
#include "pdf/structure.h"

#define HEAD_TOP (PAGE_HEIGHT - 34 * PT)   /* the base line of the header's first line */
#define FOOT (34 * PT)                     /* that of the footer */
#define BOTTOM (58 * PT)                   /* nothing of the text stands lower */
#define GAP (16 * PT)
#define IN_GROUP 100

Err pdf_pages_prepare(Pdf *pdf)
{
    PdfMeasure bold = {.width = pdf_measure(STYLE_MARGIN_BOLD, TEXT_WIDTH / 3), .bold = true};

    TRY(pdf_lines_make(&pdf->fonts, pdf->about.label, bold, pdf->keep, &pdf->label));
    for (size_t i = 0; i < pdf->label.count; i++) {
        int32_t width = pdf_length(STYLE_MARGIN_BOLD, pdf->label.items[i].width);
        pdf->label_width = width > pdf->label_width ? width : pdf->label_width;
    }
    PdfMeasure rest = {.width = pdf_measure(STYLE_MARGIN, TEXT_WIDTH - pdf->label_width - GAP)};
    TRY(pdf_lines_make(&pdf->fonts, pdf->about.made, rest, pdf->keep, &pdf->made));
    size_t lines = pdf->made.count > pdf->label.count ? pdf->made.count : pdf->label.count;
    if (lines > 8)
        return fail(E_TOO_LARGE);
    pdf->top = HEAD_TOP - (int32_t)lines * pdf_looks[STYLE_MARGIN].leading - 14 * PT;
    return ok();
}

int32_t pdf_room(const Pdf *pdf)
{
    return pdf->pages_count ? pdf->y - BOTTOM : 0;
}

int32_t pdf_page_room(const Pdf *pdf)
{
    return pdf->top - BOTTOM;
}

static void draw_header(Pdf *pdf)
{
    int32_t leading = pdf_looks[STYLE_MARGIN].leading;

    pdf_mark_artifact(pdf, "<</Type/Pagination/Subtype/Header/Attached[/Top]>>");
    for (size_t i = 0; i < pdf->label.count; i++)
        pdf_draw_line(pdf, &pdf->label.items[i],
                      &(PdfPlace){.x = MARGIN, .y = HEAD_TOP - (int32_t)i * leading, .width = pdf->label_width,
                                  .style = STYLE_MARGIN_BOLD}, NULL);
    for (size_t i = 0; i < pdf->made.count; i++) {
        int32_t width = pdf_length(STYLE_MARGIN, pdf->made.items[i].width);
        pdf_draw_line(pdf, &pdf->made.items[i],
                      &(PdfPlace){.x = PAGE_WIDTH - MARGIN - width, .y = HEAD_TOP - (int32_t)i * leading, .width = width,
                                  .style = STYLE_MARGIN}, NULL);
    }
    pdf_mark_end(pdf);
}

static Err make_page(Pdf *pdf)
{
    if (pdf->pages_count == PDF_PAGES_MAX)
        return fail(E_TOO_LARGE);
    if (pdf->pages_count == pdf->pages_room) {
        uint32_t room = pdf->pages_room ? pdf->pages_room * 2 : 16;
        PdfPage *pages = NULL;
        uint32_t *lists = NULL;
        TRY(ARENA_NEW(pdf->keep, PdfPage, room, &pages));
        TRY(ARENA_NEW(pdf->keep, uint32_t, room, &lists));
        if (pdf->pages_count) {
            memcpy(pages, pdf->pages, pdf->pages_count * sizeof *pages);
            memcpy(lists, pdf->owner_lists, pdf->pages_count * sizeof *lists);
        }
        pdf->pages = pages;
        pdf->owner_lists = lists;
        pdf->pages_room = room;
    }
    if (!pdf->groups)
        TRY(ARENA_NEW(pdf->keep, uint32_t, PDF_PAGES_MAX / IN_GROUP, &pdf->groups));
    if (pdf->pages_count % IN_GROUP == 0)
        pdf->groups[pdf->pages_count / IN_GROUP] = pdf_object_new(&pdf->objects);
    pdf->owner_lists[pdf->pages_count] = pdf_object_new(&pdf->objects);
    pdf->pages[pdf->pages_count++] =
        (PdfPage){.number = pdf_object_new(&pdf->objects), .footer = pdf_object_new(&pdf->objects)};
    return ok();
}

void pdf_page_begin(Pdf *pdf)
{
    pdf_page_end(pdf);
    if (!pdf_keep(pdf, make_page(pdf)))
        return;
    pdf->content.length = 0;
    pdf->owners.length = 0;
    pdf->marks = 0;
    pdf->y = pdf->top;
    draw_header(pdf);
}

void pdf_page_end(Pdf *pdf)
{
    char page[512];
    Str content = STR_NONE, owners = STR_NONE;

    if (pdf->pages_count == 0 || !is_ok(pdf->err))
        return;
    uint32_t index = pdf->pages_count - 1;
    uint32_t body = pdf_object_new(&pdf->objects);
    pdf_mark_end(pdf);
    buf_add_char(&pdf->owners, ']');
    if (!pdf_keep(pdf, buf_done(&pdf->content, &content)) || !pdf_keep(pdf, buf_done(&pdf->owners, &owners)))
        return;
    pdf_stream_put(&pdf->objects, body, STR_NONE, content);
    Buf list = buf_new(pdf->scratch, owners.length + 16);
    buf_add_char(&list, '[');
    buf_add(&list, owners);
    if (pdf_keep(pdf, buf_done(&list, &owners)))
        pdf_object_put(&pdf->objects, pdf->owner_lists[index], owners);
    int length = snprintf(page, sizeof page,
        "<</Type/Page/Parent %u 0 R/MediaBox[0 0 595.3 841.9]/Resources %u 0 R/Contents[%u 0 R %u 0 R]/StructParents %u/Tabs/S>>",
        pdf->groups[index / IN_GROUP], pdf->resources, body, pdf->pages[index].footer, index);
    pdf_object_put(&pdf->objects, pdf->pages[index].number, str_from_bytes(page, (size_t)length));
    pdf_keep(pdf, pdf->objects.err);
}

/* ---- the end ---- */

static Err put_footer(Pdf *pdf, uint32_t index)
{
    Buf words = buf_new(pdf->scratch, 1024);
    PdfText text = {0};
    Str said = STR_NONE;
    PdfMeasure measure = {.width = pdf_measure(STYLE_MARGIN, TEXT_WIDTH)};

    buf_add(&words, pdf->about.page);
    buf_format(&words, " %u ", index + 1);
    buf_add(&words, pdf->about.of);
    buf_format(&words, " %u", pdf->pages_count);
    TRY(buf_done(&words, &said));
    TRY(pdf_lines_make(&pdf->fonts, said, measure, pdf->scratch, &text));
    int32_t width = pdf_length(STYLE_MARGIN, text.items[0].width);
    pdf->content.length = 0;
    pdf_mark_artifact(pdf, "<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>");
    pdf_draw_line(pdf, &text.items[0], &(PdfPlace){.x = PAGE_WIDTH - MARGIN - width, .y = FOOT, .width = width,
                                                   .style = STYLE_MARGIN}, NULL);
    pdf_mark_end(pdf);
    TRY(buf_done(&pdf->content, &said));
    pdf_stream_put(&pdf->objects, pdf->pages[index].footer, STR_NONE, said);
    return pdf->objects.err;
}

static Err put_groups(Pdf *pdf)
{
    uint32_t groups = (pdf->pages_count + IN_GROUP - 1) / IN_GROUP;
    Buf root = buf_new(pdf->scratch, 64 << 10);
    Str text = STR_NONE;

    buf_format(&root, "<</Type/Pages/Count %u/Kids[", pdf->pages_count);
    for (uint32_t g = 0; g < groups; g++) {
        Buf group = buf_new(pdf->scratch, 64 << 10);
        uint32_t first = g * IN_GROUP;
        uint32_t count = pdf->pages_count - first < IN_GROUP ? pdf->pages_count - first : IN_GROUP;
        buf_format(&group, "<</Type/Pages/Parent %u 0 R/Count %u/Kids[", pdf->pages_root, count);
        for (uint32_t i = 0; i < count; i++)
            buf_format(&group, "%u 0 R ", pdf->pages[first + i].number);
        buf_add(&group, STR("]>>"));
        TRY(buf_done(&group, &text));
        pdf_object_put(&pdf->objects, pdf->groups[g], text);
        buf_format(&root, "%u 0 R ", pdf->groups[g]);
    }
    buf_add(&root, STR("]>>"));
    TRY(buf_done(&root, &text));
    pdf_object_put(&pdf->objects, pdf->pages_root, text);
    return pdf->objects.err;
}

static Err put_parents(Pdf *pdf, uint32_t *ret_parents)
{
    Buf tree = buf_new(pdf->scratch, (size_t)1 << 20);
    Str text = STR_NONE;
    uint32_t number = pdf_object_new(&pdf->objects);

    buf_add(&tree, STR("<</Nums["));
    for (uint32_t i = 0; i < pdf->pages_count; i++)
        buf_format(&tree, "%u %u 0 R ", i, pdf->owner_lists[i]);
    buf_add(&tree, STR("]>>"));
    TRY(buf_done(&tree, &text));
    pdf_object_put(&pdf->objects, number, text);
    *ret_parents = number;
    return pdf->objects.err;
}

Err pdf_pages_finish(Pdf *pdf, uint32_t *ret_parents)
{
    pdf_page_end(pdf);
    TRY(pdf->err);
    for (uint32_t i = 0; i < pdf->pages_count; i++) {
        size_t mark = arena_mark(pdf->scratch);
        TRY(put_footer(pdf, i));
        TRY(pdf->err);
        arena_rewind(pdf->scratch, mark);
    }
    TRY(put_groups(pdf));
    return put_parents(pdf, ret_parents);
}

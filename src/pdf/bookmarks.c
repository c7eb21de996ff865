/* A tree of as many levels as headings have, made of the list in which they came.
 * Must not point at a page that is not there.
 * Called by pdf/blocks.c and pdf/pdf.c. */
#include "pdf/bookmarks.h"

#include <string.h>

#include "pdf/draw.h"

#define TITLE_MAX 200 /* points of a title */
#define NOBODY SIZE_MAX

Err pdf_bookmark_add(Pdf *pdf, unsigned level, Str text)
{
    size_t end = 0;

    if (pdf->bookmarks_count == pdf->bookmarks_room) {
        size_t room = pdf->bookmarks_room ? pdf->bookmarks_room * 2 : 32;
        PdfBookmark *bookmarks = NULL;
        TRY(ARENA_NEW(pdf->keep, PdfBookmark, room, &bookmarks));
        if (pdf->bookmarks_count)
            memcpy(bookmarks, pdf->bookmarks, pdf->bookmarks_count * sizeof *bookmarks);
        pdf->bookmarks = bookmarks;
        pdf->bookmarks_room = room;
    }
    PdfBookmark *bookmark = &pdf->bookmarks[pdf->bookmarks_count];
    for (unsigned points = 0; points < TITLE_MAX && end < text.length; points++)
        utf8_next(text, &end);
    TRY(str_copy(pdf->keep, str_slice(text, 0, end), &bookmark->title));
    bookmark->level = (uint8_t)level;
    pdf->bookmarks_count++;
    return ok();
}

void pdf_bookmark_place(Pdf *pdf, int32_t y)
{
    if (!is_ok(pdf->err))
        return;
    PdfBookmark *bookmark = &pdf->bookmarks[pdf->bookmarks_count - 1];
    bookmark->page = pdf->pages[pdf->pages_count - 1].number;
    bookmark->y = y;
}

/* The next one of the same level under the same parent; `step` is 1 or -1. */
static size_t neighbour(const Pdf *pdf, size_t from, int step)
{
    for (size_t i = from + (size_t)step; i < pdf->bookmarks_count; i += (size_t)step) {
        if (pdf->bookmarks[i].level < pdf->bookmarks[from].level)
            return NOBODY;
        if (pdf->bookmarks[i].level == pdf->bookmarks[from].level)
            return i;
    }
    return NOBODY;
}

static size_t parent_of(const Pdf *pdf, size_t of)
{
    for (size_t i = of; i-- > 0;)
        if (pdf->bookmarks[i].level < pdf->bookmarks[of].level)
            return i;
    return NOBODY;
}

/* The first and last children, and how many there are. */
typedef struct Children {
    size_t first, last, count;
} Children;

static Children children_of(const Pdf *pdf, size_t of)
{
    Children children = {NOBODY, NOBODY, 0};
    unsigned level = of == NOBODY ? 1 : pdf->bookmarks[of].level + 1u;

    for (size_t i = of + 1; i < pdf->bookmarks_count && pdf->bookmarks[i].level >= level; i++)
        if (pdf->bookmarks[i].level == level) {
            children.first = children.count ? children.first : i;
            children.last = i;
            children.count++;
        }
    return children;
}

/* Objects stand in the order of the list, one after the other, behind that of the root. */
static void add_link(Buf *buf, const char *name, uint32_t root, size_t index)
{
    if (index != NOBODY)
        buf_format(buf, "/%s %u 0 R", name, root + 1 + (uint32_t)index);
}

static Err put_one(Pdf *pdf, uint32_t root, size_t at)
{
    const PdfBookmark *bookmark = &pdf->bookmarks[at];
    Buf body = buf_new(pdf->scratch, 8192);
    size_t parent = parent_of(pdf, at);
    Children children = children_of(pdf, at);
    Str text = STR_NONE;

    buf_add(&body, STR("<</Title"));
    pdf_add_text(&body, bookmark->title);
    buf_format(&body, "/Parent %u 0 R", parent == NOBODY ? root : root + 1 + (uint32_t)parent);
    add_link(&body, "Prev", root, neighbour(pdf, at, -1));
    add_link(&body, "Next", root, neighbour(pdf, at, 1));
    if (children.count) {
        add_link(&body, "First", root, children.first);
        add_link(&body, "Last", root, children.last);
        buf_format(&body, "/Count -%zu", children.count);
    }
    buf_format(&body, "/Dest[%u 0 R/XYZ 0 ", bookmark->page);
    pdf_add_length(&body, bookmark->y);
    buf_add(&body, STR("null]>>"));
    TRY(buf_done(&body, &text));
    pdf_object_put(&pdf->objects, root + 1 + (uint32_t)at, text);
    return pdf->objects.err;
}

Err pdf_bookmarks_put(Pdf *pdf, uint32_t *ret_number)
{
    Buf body = buf_new(pdf->scratch, 256);
    Children top = children_of(pdf, NOBODY);
    Str text = STR_NONE;

    if (top.count == 0) {
        *ret_number = 0;
        return ok();
    }
    uint32_t root = pdf_object_new(&pdf->objects);
    for (size_t i = 0; i < pdf->bookmarks_count; i++)
        pdf_object_new(&pdf->objects);
    buf_format(&body, "<</Type/Outlines/Count %zu", top.count);
    add_link(&body, "First", root, top.first);
    add_link(&body, "Last", root, top.last);
    buf_add(&body, STR(">>"));
    TRY(buf_done(&body, &text));
    TRY(pdf->objects.err);
    pdf_object_put(&pdf->objects, root, text);
    for (size_t i = 0; i < pdf->bookmarks_count; i++) {
        size_t mark = arena_mark(pdf->scratch);
        TRY(put_one(pdf, root, i));
        arena_rewind(pdf->scratch, mark);
    }
    *ret_number = root;
    return ok();
}

/* What the files of pdf share: a document while it is being written.
 * Must not be included outside pdf. */
#ifndef PDF_PDF_PRIV_H
#define PDF_PDF_PRIV_H

#include "pdf/lines.h"
#include "pdf/objects.h"
#include "pdf/pdf.h"

/* Lengths on paper, in ten-thousandths of a point: sums of glyphs are exact. */
#define PT 10000
#define PAGE_WIDTH (5953 * PT / 10)
#define PAGE_HEIGHT (8419 * PT / 10)
#define MARGIN (57 * PT)
#define TEXT_WIDTH (PAGE_WIDTH - 2 * MARGIN)

typedef enum PdfStyle {
    STYLE_H1,
    STYLE_H2,
    STYLE_H3,
    STYLE_TEXT,
    STYLE_SMALL,
    STYLE_KEY,
    STYLE_HEAD,
    STYLE_CELL,
    STYLE_MARGIN_BOLD,
    STYLE_MARGIN,
    STYLE_COUNT,
} PdfStyle;

typedef struct PdfLook {
    int32_t size;    /* tenths of a point */
    int32_t leading; /* from line to line */
    bool bold;
    const char *colour; /* an operator of content */
} PdfLook;

extern const PdfLook pdf_looks[STYLE_COUNT];

/* A node of the tree of structure. Its children are told as they come; it is written when it is closed. */
typedef struct PdfElement {
    uint32_t number, parent;
    uint32_t page; /* the object of the page where it begins; 0: has no content of its own yet */
    const char *kind;
    const char *attributes;
    Buf kids;
} PdfElement;

typedef struct PdfBookmark {
    uint32_t page;
    int32_t y;
    uint8_t level;
    Str title;
} PdfBookmark;

typedef struct PdfPage {
    uint32_t number, footer;
} PdfPage;

/* The table that is open. */
typedef struct PdfTable {
    PdfElement element;
    PdfColumn columns[PDF_COLUMNS_MAX];
    PdfText heads[PDF_COLUMNS_MAX];
    int32_t x[PDF_COLUMNS_MAX], width[PDF_COLUMNS_MAX];
    size_t count; /* 0: no table is open */
    unsigned rows; /* so many are drawn */
    size_t mark;  /* of scratch, before the table took its own */
} PdfTable;

struct Pdf {
    Arena *keep, *scratch;
    Err err; /* the first */
    bool finished;
    PdfObjects objects;
    PdfFonts fonts;
    PdfAbout about; /* copied */
    uint32_t catalog, pages_root, resources, tree, info;
    PdfElement document;

    /* pages */
    PdfPage *pages;
    uint32_t pages_count, pages_room;
    uint32_t *groups; /* the nodes between a page and the root */
    Buf content;      /* of the page that is open */
    Buf owners;       /* the elements of its marked contents, by number */
    uint32_t *owner_lists;
    unsigned marks;   /* so many marked contents */
    int32_t y;        /* the top of what comes next */
    int32_t top;      /* where pages begin, below their header */
    PdfText label, made;
    int32_t label_width;
    const PdfElement *marked; /* whose content is open; NULL: none */
    PdfTable table;

    /* headings */
    PdfBookmark *bookmarks;
    size_t bookmarks_count, bookmarks_room;
    unsigned level;
};

/* Keeps the first error. True when nothing has gone wrong yet. */
bool pdf_keep(Pdf *pdf, Err err);

#endif

/* Draws a line piece by piece in the order in which it is read, each piece where it stands on paper; words whose glyphs do not tell
 * their letters one by one are pieces of their own.
 * Must not change what was measured: widths are those of lines.c.
 * Called by pdf/rows.c and pdf/pages.c. */
#include "pdf/draw.h"

#include <stdlib.h>

#include "pdf/structure.h"

#define BLACK "0 g\n"
#define GREY "0.35 g\n"

const PdfLook pdf_looks[STYLE_COUNT] = {
    [STYLE_H1] = {.size = 200, .leading = 26 * PT, .bold = true, .colour = BLACK},
    [STYLE_H2] = {.size = 140, .leading = 19 * PT, .bold = true, .colour = BLACK},
    [STYLE_H3] = {.size = 115, .leading = 16 * PT, .bold = true, .colour = BLACK},
    [STYLE_TEXT] = {.size = 100, .leading = 15 * PT, .colour = BLACK},
    [STYLE_SMALL] = {.size = 85, .leading = 13 * PT, .colour = GREY},
    [STYLE_KEY] = {.size = 95, .leading = 15 * PT, .colour = GREY},
    [STYLE_HEAD] = {.size = 90, .leading = 13 * PT, .bold = true, .colour = BLACK},
    [STYLE_CELL] = {.size = 90, .leading = 13 * PT, .colour = BLACK},
    [STYLE_MARGIN_BOLD] = {.size = 80, .leading = 12 * PT, .bold = true, .colour = BLACK},
    [STYLE_MARGIN] = {.size = 80, .leading = 12 * PT, .colour = GREY},
};

/* A thousandth of a tenth of a point is one unit on paper. */
int32_t pdf_measure(PdfStyle style, int32_t length)
{
    return length / pdf_looks[style].size;
}

int32_t pdf_length(PdfStyle style, int32_t measure)
{
    return measure * pdf_looks[style].size;
}

void pdf_add_length(Buf *buf, int32_t length)
{
    int32_t hundredths = (length + (length < 0 ? -50 : 50)) / 100;
    buf_format(buf, "%s%d.%02d ", hundredths < 0 ? "-" : "", abs(hundredths) / 100, abs(hundredths) % 100);
}

/* ---- glyphs ---- */

/* A string of glyphs is open in content as [<0001...; `owed` is how far the next one stands from where a reader would put it. */
typedef struct Strings {
    Buf *buf;
    int32_t size;
    int32_t owed;
    int32_t rise;
    bool open;
} Strings;

static void strings_end(Strings *strings)
{
    if (strings->open)
        buf_add(strings->buf, STR(">]TJ\n"));
    strings->open = false;
}

/* In thousandths of the size, to the left when positive, as TJ wants it. */
static void pay(Strings *strings)
{
    if (strings->owed == 0)
        return;
    buf_format(strings->buf, ">%d<", -strings->owed);
    strings->owed = 0;
}

static void add_glyph(Strings *strings, const PdfGlyph *glyph)
{
    if (glyph->y != strings->rise) {
        strings_end(strings);
        pdf_add_length(strings->buf, glyph->y * strings->size);
        buf_add(strings->buf, STR("Ts\n"));
        strings->rise = glyph->y;
    }
    if (!strings->open)
        buf_add(strings->buf, STR("[<"));
    strings->open = true;
    strings->owed += glyph->x;
    pay(strings);
    buf_format(strings->buf, "%04X", glyph->code);
    strings->owed += glyph->advance - glyph->width - glyph->x;
}

/* ---- pieces ---- */

typedef struct Piece {
    size_t first, count; /* clusters of the line */
    int32_t width;       /* in thousandths */
    int32_t x;           /* on paper */
    uint8_t level;
    bool is_word;        /* says its letters itself */
} Piece;

typedef struct Pieces {
    Piece *items;
    size_t count;
} Pieces;

/* Spaces at the end stand where the text goes on, whatever stands before them. */
static uint8_t level_of(const PdfLine *line, size_t at)
{
    for (size_t i = at; i < line->count; i++)
        if (!line->clusters[i].is_space)
            return line->clusters[at].level;
    return line->rtl;
}

/* A word, or spaces: up to the next change of direction, or from one to the other. */
static Piece take_word(const PdfLine *line, size_t first)
{
    Piece piece = {.first = first, .level = level_of(line, first)};
    bool space = line->clusters[first].is_space;

    for (size_t at = first; at < line->count && line->clusters[at].is_space == space && level_of(line, at) == piece.level; at++) {
        piece.count++;
        piece.width += line->clusters[at].width;
        piece.is_word |= line->clusters[at].is_many || (!space && piece.level & 1);
    }
    return piece;
}

static Err find_pieces(Pdf *pdf, const PdfLine *line, Pieces *ret_pieces)
{
    Piece *items = NULL;

    TRY(ARENA_NEW(pdf->scratch, Piece, line->count + 1, &items));
    Pieces pieces = {.items = items};
    for (size_t at = 0; at < line->count;) {
        Piece word = take_word(line, at);
        Piece *last = pieces.count ? &items[pieces.count - 1] : NULL;
        at += word.count;
        if (last && !last->is_word && !word.is_word && last->level == word.level && !(word.level & 1)) {
            last->count += word.count;
            last->width += word.width;
        } else {
            items[pieces.count++] = word;
        }
    }
    *ret_pieces = pieces;
    return ok();
}

/* Where each piece stands from left to right: from the highest level down, what has it or more is turned round (UAX 9, L2). */
static Err order_pieces(Pdf *pdf, const Pieces *pieces, size_t **ret_order)
{
    size_t *order = NULL;
    uint8_t highest = 0;

    TRY(ARENA_NEW(pdf->scratch, size_t, pieces->count + 1, &order));
    for (size_t i = 0; i < pieces->count; i++) {
        order[i] = i;
        highest = pieces->items[i].level > highest ? pieces->items[i].level : highest;
    }
    for (uint8_t level = highest; level > 0; level--)
        for (size_t i = 0; i < pieces->count; i++) {
            size_t end = i;
            while (end < pieces->count && pieces->items[order[end]].level >= level)
                end++;
            for (size_t a = i, b = end; a + 1 < b; a++) {
                size_t kept = order[a];
                order[a] = order[--b];
                order[b] = kept;
            }
            i = end > i ? end - 1 : i;
        }
    *ret_order = order;
    return ok();
}

static Err place_pieces(Pdf *pdf, const PdfLine *line, const PdfPlace *place, Pieces *pieces)
{
    size_t *order = NULL;
    int32_t whole = 0, x = place->x;

    TRY(order_pieces(pdf, pieces, &order));
    for (size_t i = 0; i < pieces->count; i++)
        whole += pieces->items[i].width;
    if (line->rtl && place->at_right)
        x += place->width - pdf_length(place->style, whole);
    for (size_t i = 0; i < pieces->count; i++) {
        pieces->items[order[i]].x = x;
        x += pdf_length(place->style, pieces->items[order[i]].width);
    }
    return ok();
}

static void mark_piece(Pdf *pdf, const PdfLine *line, const Piece *piece, PdfElement *element)
{
    const PdfCluster *first = &line->clusters[piece->first];
    const PdfCluster *last = first + piece->count - 1;
    PdfSpan span = {.points = line->points + first->point, .count = last->point + last->points - first->point,
                    .in_place = !(piece->level & 1)};

    if (!element)
        return;
    if (piece->is_word)
        pdf_mark_span(pdf, element, &span);
    else
        pdf_mark(pdf, element);
}

static void draw_piece(Pdf *pdf, const PdfLine *line, const Piece *piece, const PdfPlace *place)
{
    const PdfLook *look = &pdf_looks[place->style];
    Strings strings = {.buf = &pdf->content, .size = look->size};

    unsigned font = PDF_NO_FONT;

    buf_format(&pdf->content, "BT\n%s", look->colour);
    pdf_add_length(&pdf->content, piece->x);
    pdf_add_length(&pdf->content, place->y);
    buf_add(&pdf->content, STR("Td\n"));
    for (size_t i = 0; i < piece->count; i++) {
        size_t at = piece->level & 1 ? piece->first + piece->count - 1 - i : piece->first + i;
        const PdfCluster *cluster = &line->clusters[at];
        if (cluster->font != font) {
            font = cluster->font;
            strings_end(&strings);
            buf_format(&pdf->content, "/F%u %d.%d Tf\n", font, look->size / 10, look->size % 10);
        }
        for (unsigned g = 0; g < cluster->glyphs; g++)
            add_glyph(&strings, &line->glyphs[cluster->glyph + g]);
    }
    strings_end(&strings);
    if (strings.rise)
        buf_add(&pdf->content, STR("0 Ts\n"));
    buf_add(&pdf->content, STR("ET\n"));
}

void pdf_draw_line(Pdf *pdf, const PdfLine *line, const PdfPlace *place, PdfElement *element)
{
    Pieces pieces = {0};

    if (!pdf_keep(pdf, find_pieces(pdf, line, &pieces)) || !pdf_keep(pdf, place_pieces(pdf, line, place, &pieces)))
        return;
    for (size_t i = 0; i < pieces.count; i++) {
        mark_piece(pdf, line, &pieces.items[i], element);
        draw_piece(pdf, line, &pieces.items[i], place);
    }
}

/* ---- what is no text ---- */

void pdf_draw_rule(Pdf *pdf, int32_t y)
{
    pdf_mark_artifact(pdf, "<</Type/Layout>>");
    buf_add(&pdf->content, STR("0.78 G 0.5 w "));
    pdf_add_length(&pdf->content, MARGIN);
    pdf_add_length(&pdf->content, y);
    buf_add(&pdf->content, STR("m "));
    pdf_add_length(&pdf->content, PAGE_WIDTH - MARGIN);
    pdf_add_length(&pdf->content, y);
    buf_add(&pdf->content, STR("l S\n"));
    pdf_mark_end(pdf);
}

void pdf_draw_ground(Pdf *pdf, int32_t y, int32_t height)
{
    pdf_mark_artifact(pdf, "<</Type/Layout>>");
    buf_add(&pdf->content, STR("0.94 g "));
    pdf_add_length(&pdf->content, MARGIN);
    pdf_add_length(&pdf->content, y);
    pdf_add_length(&pdf->content, TEXT_WIDTH);
    pdf_add_length(&pdf->content, height);
    buf_add(&pdf->content, STR("re f\n"));
    pdf_mark_end(pdf);
}

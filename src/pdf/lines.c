/* Direction by FriBidi, shapes by HarfBuzz, lines by a rule of our own: behind a space, a hyphen or a Chinese character, and within
 * a word that is wider than the line.
 * Must not leave letters in the libraries' memory: what was given to HarfBuzz is overwritten.
 * Called by pdf/rows.c and pdf/pages.c. */
#include "pdf/lines.h"

#include <fribidi.h>
#include <string.h>

#include "pdf/points.h"

#define POINTS_MAX ((size_t)4 << 20)

/* One text without a line break, as it is being shaped. */
typedef struct Shaping {
    PdfFonts *fonts;
    Arena *keep;
    PdfPoints points;
    FriBidiLevel *levels;
    hb_script_t *scripts;
    PdfCluster *clusters;
    size_t clusters_count;
    PdfGlyph *glyphs;
    size_t glyphs_count, glyphs_room;
    bool rtl;
} Shaping;

/* ---- direction ---- */

static bool is_plain_latin(const PdfPoints *points)
{
    for (size_t i = 0; i < points->count; i++)
        if (points->items[i] >= 0x590)
            return false;
    return true;
}

static Err find_levels(Shaping *shaping)
{
    size_t count = shaping->points.count;
    FriBidiCharType *types = NULL;
    FriBidiBracketType *brackets = NULL;
    FriBidiParType base = FRIBIDI_PAR_ON;

    TRY(ARENA_NEW(shaping->keep, FriBidiLevel, count + 1, &shaping->levels));
    if (is_plain_latin(&shaping->points))
        return ok();
    TRY(ARENA_NEW(shaping->keep, FriBidiCharType, count + 1, &types));
    TRY(ARENA_NEW(shaping->keep, FriBidiBracketType, count + 1, &brackets));
    fribidi_get_bidi_types(shaping->points.items, (FriBidiStrIndex)count, types);
    fribidi_get_bracket_types(shaping->points.items, (FriBidiStrIndex)count, types, brackets);
    if (!fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)count, &base, shaping->levels))
        return fail(E_NO_MEMORY);
    shaping->rtl = FRIBIDI_IS_RTL(base);
    return ok();
}

/* What belongs to no script of its own goes with the letters before it, at the beginning with those behind. */
static Err find_scripts(Shaping *shaping)
{
    size_t count = shaping->points.count;
    hb_script_t last = HB_SCRIPT_COMMON;

    TRY(ARENA_NEW(shaping->keep, hb_script_t, count + 1, &shaping->scripts));
    for (size_t i = 0; i < count; i++) {
        hb_script_t own = hb_unicode_script(hb_unicode_funcs_get_default(), shaping->points.items[i]);
        last = own == HB_SCRIPT_COMMON || own == HB_SCRIPT_INHERITED ? last : own;
        shaping->scripts[i] = last;
    }
    for (size_t i = count; i-- > 0;)
        if (shaping->scripts[i] == HB_SCRIPT_COMMON && i + 1 < count)
            shaping->scripts[i] = shaping->scripts[i + 1];
    return ok();
}

/* ---- shapes ---- */

typedef struct Run {
    size_t first, end;
} Run;

static Run next_run(const Shaping *shaping, size_t first)
{
    const PdfPoints *points = &shaping->points;
    size_t end = first + 1;

    while (end < points->count && points->fonts[end] == points->fonts[first] &&
           shaping->levels[end] == shaping->levels[first] && shaping->scripts[end] == shaping->scripts[first])
        end++;
    return (Run){first, end};
}

static bool is_chinese(uint32_t point)
{
    return (point >= 0x2E80 && point <= 0x9FFF) || (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0xFF00 && point <= 0xFF60) || (point >= 0x20000 && point <= 0x3FFFF);
}

static bool may_break_behind(uint32_t point)
{
    return point == ' ' || point == '-' || point == 0x2010 || point == 0x2013 || point == 0x2014 || is_chinese(point) ||
           (point >= 0x2000 && point <= 0x200A && point != 0x2007) || point == 0x3000;
}

/* The letters that glyph number `index` of `count` shows, counted as they are read: one each, the rest with the last. */
static PdfCode letters_of(const Shaping *shaping, const PdfCluster *cluster, unsigned index)
{
    const uint32_t *points = shaping->points.items + cluster->point;
    static const uint32_t nothing[] = {0x200B};

    if (index + 1 == cluster->glyphs && index < cluster->points)
        return (PdfCode){.points = points + index, .points_count = cluster->points - index};
    if (index < cluster->points)
        return (PdfCode){.points = points + index, .points_count = 1};
    return (PdfCode){.points = nothing, .points_count = 1};
}

static Err make_glyph_room(Shaping *shaping, size_t more)
{
    size_t room = shaping->glyphs_room ? shaping->glyphs_room * 2 : 256;
    PdfGlyph *glyphs = NULL;

    if (more <= shaping->glyphs_room - shaping->glyphs_count)
        return ok();
    while (room - shaping->glyphs_count < more)
        room *= 2;
    TRY(ARENA_NEW(shaping->keep, PdfGlyph, room, &glyphs));
    if (shaping->glyphs_count)
        memcpy(glyphs, shaping->glyphs, shaping->glyphs_count * sizeof *glyphs);
    shaping->glyphs = glyphs;
    shaping->glyphs_room = room;
    return ok();
}

typedef struct Shaped {
    const hb_glyph_info_t *infos;
    const hb_glyph_position_t *positions;
    unsigned count;
    bool rtl;
} Shaped;

/* Of the glyph that is read as number `index`. */
static uint32_t cluster_of(const Shaped *shaped, unsigned index)
{
    return shaped->infos[shaped->rtl ? shaped->count - 1 - index : index].cluster;
}

static Err add_glyph(Shaping *shaping, const Shaped *shaped, unsigned at, PdfCluster *cluster)
{
    const PdfFont *font = &shaping->fonts->items[cluster->font];
    const hb_glyph_position_t *position = &shaped->positions[at];
    unsigned index = (unsigned)(shaping->glyphs_count - cluster->glyph);
    PdfCode code = letters_of(shaping, cluster, shaped->rtl ? cluster->glyphs - 1u - index : index);
    PdfGlyph *glyph = &shaping->glyphs[shaping->glyphs_count];

    code.glyph = shaped->infos[at].codepoint;
    if (code.glyph == 0)
        return fail(E_INTERNAL);
    TRY(pdf_font_code(shaping->fonts, cluster->font, &code, &glyph->code));
    glyph->advance = pdf_font_scale(font, position->x_advance);
    glyph->width = pdf_font_width(font, code.glyph);
    glyph->x = pdf_font_scale(font, position->x_offset);
    glyph->y = pdf_font_scale(font, position->y_offset);
    cluster->width += glyph->advance;
    cluster->is_many |= cluster->glyphs > 1 || glyph->x || glyph->y;
    shaping->glyphs_count++;
    return ok();
}

/* The glyphs first..end are those of one cluster, which reads on to point `until`. */
static Err add_cluster(Shaping *shaping, const Shaped *shaped, Run glyphs, Run points)
{
    PdfCluster *cluster = &shaping->clusters[shaping->clusters_count++];
    uint32_t last = shaping->points.items[points.end - 1];

    if (points.end - points.first > UINT16_MAX || glyphs.end - glyphs.first > UINT16_MAX)
        return fail(E_TOO_LARGE);
    *cluster = (PdfCluster){.point = (uint32_t)points.first, .points = (uint16_t)(points.end - points.first),
                            .glyph = (uint32_t)shaping->glyphs_count, .glyphs = (uint16_t)(glyphs.end - glyphs.first),
                            .font = shaping->points.fonts[points.first], .level = (uint8_t)shaping->levels[points.first],
                            .is_space = last == ' ', .may_break = may_break_behind(last)};
    for (size_t i = glyphs.first; i < glyphs.end; i++)
        TRY(add_glyph(shaping, shaped, (unsigned)i, cluster));
    return ok();
}

/* HarfBuzz gives glyphs from left to right; clusters are kept as they are read, each with its glyphs from left to right. */
static Err add_clusters(Shaping *shaping, const Shaped *shaped, Run run)
{
    unsigned count = shaped->count;
    size_t from = run.first;

    TRY(make_glyph_room(shaping, count));
    for (unsigned i = 0, j; i < count; i = j) {
        uint32_t own = cluster_of(shaped, i);
        for (j = i; j < count && cluster_of(shaped, j) == own;)
            j++;
        Run glyphs = shaped->rtl ? (Run){count - j, count - i} : (Run){i, j};
        size_t until = j < count ? cluster_of(shaped, j) : run.end;
        TRY(add_cluster(shaping, shaped, glyphs, (Run){from, until}));
        from = until;
    }
    return from == run.end ? ok() : fail(E_INTERNAL);
}

static void buffer_freep(hb_buffer_t **buffer)
{
    unsigned count = 0;
    hb_glyph_info_t *infos = *buffer ? hb_buffer_get_glyph_infos(*buffer, &count) : NULL;
    if (infos)
        explicit_bzero(infos, count * sizeof *infos);
    hb_buffer_destroy(*buffer);
    *buffer = NULL;
}

static const hb_feature_t plain_features[] = {
    {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    {HB_TAG('c', 'a', 'l', 't'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
};

static Err shape_run(Shaping *shaping, Run run)
{
    uint8_t font = shaping->points.fonts[run.first];
    AUTO(buffer_freep) hb_buffer_t *buffer = hb_buffer_create();
    Shaped shaped = {.rtl = shaping->levels[run.first] & 1};
    bool plain = pdf_font_is_plain(font);

    hb_buffer_add_utf32(buffer, shaping->points.items + run.first, (int)(run.end - run.first), 0, (int)(run.end - run.first));
    hb_buffer_set_direction(buffer, shaped.rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, shaping->scripts[run.first]);
    hb_buffer_set_language(buffer, hb_language_from_string("nb", 2));
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES | HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    hb_shape(shaping->fonts->items[font].font, buffer, plain ? plain_features : NULL, plain ? COUNT_OF(plain_features) : 0);
    if (!hb_buffer_allocation_successful(buffer))
        return fail(E_NO_MEMORY);
    hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &shaped.count);
    for (unsigned i = 0; i < shaped.count; i++)
        infos[i].cluster += (uint32_t)run.first;
    shaped.infos = infos;
    shaped.positions = hb_buffer_get_glyph_positions(buffer, NULL);
    return add_clusters(shaping, &shaped, run);
}

static Err shape(Shaping *shaping)
{
    size_t count = shaping->points.count;

    if (count > POINTS_MAX)
        return fail(E_TOO_LARGE);
    TRY(find_levels(shaping));
    TRY(find_scripts(shaping));
    TRY(ARENA_NEW(shaping->keep, PdfCluster, count + 1, &shaping->clusters));
    for (size_t at = 0; at < count;) {
        Run run = next_run(shaping, at);
        TRY(shape_run(shaping, run));
        at = run.end;
    }
    return ok();
}

/* ---- lines ---- */

/* How many clusters from `from` on go into one line, and how wide they are without the spaces at the end. */
static size_t line_end(const Shaping *shaping, size_t from, int32_t width, int32_t *ret_width)
{
    int64_t used = 0, shown = 0, good_width = 0;
    size_t good = from, at = from;

    for (; at < shaping->clusters_count; at++) {
        const PdfCluster *cluster = &shaping->clusters[at];
        used += cluster->width;
        if (!cluster->is_space && used > width)
            break;
        shown = cluster->is_space ? shown : used;
        if (cluster->may_break || at + 1 == shaping->clusters_count) {
            good = at + 1;
            good_width = shown;
        }
    }
    if (good == from) { /* one word wider than the line: as many of its letters as go in, one at least */
        good = at > from ? at : from + 1;
        good_width = at > from ? shown : shaping->clusters[from].width;
    }
    *ret_width = (int32_t)good_width;
    return good;
}

typedef struct Lines {
    PdfText text;
    size_t room;
    Arena *keep;
} Lines;

static Err add_line(Lines *lines, PdfLine line)
{
    PdfLine *items = NULL;
    size_t room = lines->room ? lines->room * 2 : 8;

    if (lines->text.count == lines->room) {
        TRY(ARENA_NEW(lines->keep, PdfLine, room, &items));
        if (lines->text.count)
            memcpy(items, lines->text.items, lines->text.count * sizeof *items);
        lines->text.items = items;
        lines->room = room;
    }
    lines->text.items[lines->text.count++] = line;
    return ok();
}

static Err break_lines(const Shaping *shaping, int32_t width, Lines *lines)
{
    PdfLine line = {.points = shaping->points.items, .glyphs = shaping->glyphs, .rtl = shaping->rtl};

    for (size_t from = 0; from < shaping->clusters_count;) {
        size_t end = line_end(shaping, from, width, &line.width);
        line.clusters = shaping->clusters + from;
        line.count = end - from;
        TRY(add_line(lines, line));
        from = end;
    }
    return shaping->clusters_count ? ok() : add_line(lines, line);
}

Err pdf_lines_make(PdfFonts *fonts, Str text, PdfMeasure measure, Arena *keep, PdfText *ret_text)
{
    Lines lines = {.keep = keep};

    if (!utf8_valid(text))
        return fail(E_BAD_UTF8);
    for (size_t at = 0; at <= text.length;) {
        size_t end = str_find(text, '\n', at);
        Shaping shaping = {.fonts = fonts, .keep = keep};
        TRY(pdf_points_make(fonts, str_slice(text, at, end), measure.bold, keep, &shaping.points));
        TRY(shape(&shaping));
        TRY(break_lines(&shaping, measure.width, &lines));
        at = end + 1;
    }
    *ret_text = lines.text;
    return ok();
}

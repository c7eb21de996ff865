/* One pass over the code points with Unicode's own properties (utf8proc), then normalisation.
 * Must not allocate beside the arena: what is typed may be a secret, and the arena is wiped.
 * Called by domain, crypto, service, commands. */
#include "base/clean.h"

#include <utf8proc.h>

#include "base/buf.h"

#define BREAK 0x0A
#define SPACE 0x20
/* Symbols to Unicode, nothing to the eye: a braille cell without dots, the marks around a note between lines, the place of a picture
 * that was not pasted, a musical note without a head, blank signs of Egyptian. */
static const uint32_t blanks[] = {0x2800, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC, 0x1D159, 0x13441, 0x13442};

static bool all_below(Str text, unsigned char byte)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= byte)
            return false;
    return true;
}

/* Letters, digits, signs and the space of ASCII: most of every text, and kept as they are without asking Unicode. */
static bool is_plain(uint32_t point)
{
    return point >= 0x20 && point < 0x7F;
}

/* Line breaks as programs write them: Word a vertical tab, older systems NEL, the web U+2028. */
static bool is_break(uint32_t point)
{
    return (point >= 0x0A && point <= 0x0D) || point == 0x85 || point == 0x2028 || point == 0x2029;
}

static bool turns_direction(uint32_t point)
{
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

/* Joins letters of Persian and parts of an emoji, or chooses how the one before is drawn: kept inside a text. */
static bool shapes(uint32_t point)
{
    return point == 0x200C || point == 0x200D || (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
}

static bool shows_nothing(uint32_t point)
{
    for (size_t i = 0; i < COUNT_OF(blanks); i++)
        if (blanks[i] == point)
            return true;
    return utf8proc_get_property((utf8proc_int32_t)point)->ignorable;
}

static bool is_control(uint32_t point)
{
    return utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_CC;
}

static bool is_space(uint32_t point)
{
    if (is_plain(point))
        return point == SPACE;
    return point == '\t' || is_break(point) || utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_ZS;
}

static bool is_mark(uint32_t point)
{
    if (is_plain(point))
        return false;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

static bool is_dash(uint32_t point)
{
    return point == 0x2212 || utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_PD;
}

/* Decimal digits stand in runs of ten that begin at ...0 or ...6. */
static uint32_t ascii_digit(uint32_t point)
{
    if (point < 0x80 || utf8proc_category((utf8proc_int32_t)point) != UTF8PROC_CATEGORY_ND)
        return point;
    uint32_t zero = point & ~15u;
    if (utf8proc_category((utf8proc_int32_t)zero) != UTF8PROC_CATEGORY_ND)
        zero += 6;
    return '0' + (point - zero) % 10;
}

static Err normalise(Str text, utf8proc_option_t options, Arena *keep, Str *ret_text)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.data;
    utf8proc_int32_t *points = NULL;

    if (text.length == 0) {
        *ret_text = text;
        return ok();
    }
    utf8proc_ssize_t count = utf8proc_decompose(bytes, (utf8proc_ssize_t)text.length, NULL, 0, options);
    if (count < 0)
        return fail(E_BAD_UTF8);
    TRY(ARENA_NEW(keep, utf8proc_int32_t, (size_t)count + 1, &points));
    if (utf8proc_decompose(bytes, (utf8proc_ssize_t)text.length, points, count, options) != count)
        return fail(E_BAD_UTF8);
    utf8proc_ssize_t length = utf8proc_reencode(points, count, options);
    if (length < 0)
        return fail(E_BAD_UTF8);
    *ret_text = str_from_bytes(points, (size_t)length);
    return ok();
}

/* What is below U+0300, the first mark that joins a letter, is NFC as it stands: ASCII, and the letters of our neighbours. */
#define NFC_BYTE 0xCC
#define NFD_BYTE 0x80

/* A text without this byte or a higher one has the form already. */
static Err to_form(Str text, utf8proc_option_t form, unsigned char byte, Arena *keep, Str *ret_text)
{
    if (!utf8_valid(text))
        return fail(E_BAD_UTF8);
    if (all_below(text, byte))
        return str_copy(keep, text, ret_text);
    return normalise(text, UTF8PROC_STABLE | form, keep, ret_text);
}

Err text_nfc(Str text, Arena *keep, Str *ret_text)
{
    return to_form(text, UTF8PROC_COMPOSE, NFC_BYTE, keep, ret_text);
}

Err text_nfd(Str text, Arena *keep, Str *ret_text)
{
    return to_form(text, UTF8PROC_DECOMPOSE, NFD_BYTE, keep, ret_text);
}

/* A code point as it is kept, and zero for one that is left out. */
static uint32_t kept_as(uint32_t point, bool lines)
{
    if (is_break(point))
        return lines ? BREAK : SPACE;
    if (point == '\t')
        return lines ? point : SPACE;
    if (is_space(point))
        return SPACE;
    return shows_nothing(point) && !shapes(point) ? 0 : point;
}

/* Spaces, and what shapes nothing because it stands at an end. */
static bool is_edge(uint32_t point)
{
    return is_space(point) || shapes(point);
}

/* From the first to behind the last code point that shows; empty when only marks and spaces are left. */
static Str between_edges(Str text)
{
    size_t first = text.length;
    size_t end = 0;
    bool shown = false;

    for (size_t at = 0; at < text.length;) {
        size_t begin = at;
        uint32_t point = utf8_next(text, &at);
        if (is_space(point) || (first == text.length && is_edge(point)))
            continue;
        first = begin < first ? begin : first;
        if (!is_edge(point) || (point >= 0xFE00 && point <= 0xFE0F))
            end = at;
        shown = shown || !(is_edge(point) || is_mark(point));
    }
    return shown ? str_slice(text, first, end) : STR_NONE;
}

static CleanFault fault_of(uint32_t point)
{
    if (turns_direction(point))
        return CLEAN_DIRECTION;
    return is_control(point) && !is_space(point) ? CLEAN_CONTROL : CLEAN_FINE;
}

static size_t behind_plain(Str text, size_t at)
{
    while (at < text.length && is_plain((unsigned char)text.data[at]))
        at++;
    return at;
}

Err text_clean(Str raw, bool lines, Arena *keep, CleanFault *ret_fault, Str *ret_text)
{
    Buf kept = buf_new(keep, raw.length + 1);
    CleanFault fault = utf8_valid(raw) ? CLEAN_FINE : CLEAN_BAD_UTF8;
    Str text = STR_NONE;

    buf_reserve(&kept, raw.length + 1);
    for (size_t at = 0; fault == CLEAN_FINE && at < raw.length;) {
        size_t plain = behind_plain(raw, at);
        buf_add(&kept, str_slice(raw, at, plain));
        at = plain;
        if (at == raw.length)
            break;
        uint32_t point = utf8_next(raw, &at);
        if (point == '\r' && at < raw.length && raw.data[at] == '\n')
            continue;
        fault = fault_of(point);
        point = kept_as(point, lines);
        if (point && fault == CLEAN_FINE)
            buf_add_utf8(&kept, point);
    }
    if (fault == CLEAN_FINE) {
        TRY(buf_done(&kept, &text));
        TRY(text_nfc(between_edges(text), keep, ret_text));
    }
    *ret_fault = fault;
    return ok();
}

Err text_fold(Str text, Arena *keep, Str *ret_folded)
{
    Str folded = STR_NONE;
    bool waits = false;

    if (!utf8_valid(text))
        return fail(E_BAD_UTF8);
    TRY(normalise(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, keep, &folded));
    Buf read = buf_new(keep, folded.length + 1);
    for (size_t at = 0; at < folded.length;) {
        uint32_t point = utf8_next(folded, &at);
        if (is_space(point)) {
            waits = read.length > 0;
        } else if (!shows_nothing(point) && !is_control(point)) {
            if (waits)
                buf_add_char(&read, ' ');
            buf_add_utf8(&read, point);
            waits = false;
        }
    }
    return buf_done(&read, ret_folded);
}

Err text_reads_same(Str a, Str b, Arena *scratch, bool *ret_same)
{
    Str first = STR_NONE;
    Str second = STR_NONE;

    TRY(text_fold(a, scratch, &first));
    TRY(text_fold(b, scratch, &second));
    *ret_same = str_equal(first, second);
    return ok();
}

Err text_bare(Str text, Arena *keep, Str *ret_bare)
{
    Str plain = STR_NONE;

    if (!utf8_valid(text))
        return fail(E_BAD_UTF8);
    TRY(normalise(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT, keep, &plain));
    Buf bare = buf_new(keep, plain.length + 1);
    for (size_t at = 0; at < plain.length;) {
        uint32_t point = utf8_next(plain, &at);
        if (!is_space(point) && !shows_nothing(point) && !is_control(point) && !is_dash(point))
            buf_add_utf8(&bare, ascii_digit(point));
    }
    return buf_done(&bare, ret_bare);
}

/* First bytes of the documents that are taken in, and the frame of the whole.
 * Must not allocate, nor read beyond the bytes whatever a length in them says.
 * Called by web. */
#include "domain/input/media.h"

#define PDF_END_WITHIN 2048 /* bytes: what programs leave behind the end of a PDF */

static Str without_mark(Str bytes)
{
    return str_starts(bytes, STR("\xEF\xBB\xBF")) ? str_slice(bytes, 3, bytes.length) : bytes;
}

Media media_of(Str bytes)
{
    if (str_starts(without_mark(bytes), STR("%PDF-")))
        return MEDIA_PDF;
    if (str_starts(bytes, STR("\xFF\xD8\xFF")))
        return MEDIA_JPEG;
    if (str_starts(bytes, STR("\x89PNG\r\n\x1A\n")))
        return MEDIA_PNG;
    return MEDIA_NONE;
}

static bool holds(Str bytes, Str piece)
{
    for (size_t at = 0; at + piece.length <= bytes.length; at++)
        if (str_equal(str_slice(bytes, at, at + piece.length), piece))
            return true;
    return false;
}

static bool pdf_is_whole(Str bytes)
{
    size_t from = bytes.length > PDF_END_WITHIN ? bytes.length - PDF_END_WITHIN : 0;

    return holds(str_slice(bytes, from, bytes.length), STR("%%EOF"));
}

static unsigned byte_at(Str bytes, size_t at)
{
    return at < bytes.length ? (unsigned char)bytes.data[at] : 0;
}

static unsigned u16_at(Str bytes, size_t at)
{
    return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

/* SOF0..15 but for three of other meaning: the segment that says how large the picture is. */
static bool is_frame(unsigned marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* Segment by segment to the picture itself, which must be followed by an end. */
static bool jpeg_is_whole(Str bytes)
{
    bool sized = false;

    for (size_t at = 2; at + 4 <= bytes.length && byte_at(bytes, at) == 0xFF;) {
        unsigned marker = byte_at(bytes, at + 1);
        if (marker == 0xFF) {
            at++;
            continue;
        }
        sized = sized || (is_frame(marker) && u16_at(bytes, at + 5) > 0 && u16_at(bytes, at + 7) > 0);
        if (marker == 0xDA)
            return sized && holds(str_slice(bytes, at, bytes.length), STR("\xFF\xD9"));
        if (u16_at(bytes, at + 2) < 2)
            return false;
        at += 2 + (size_t)u16_at(bytes, at + 2);
    }
    return false;
}

/* Chunk by chunk from the size of the picture over its content to the end. */
static bool png_is_whole(Str bytes)
{
    bool content = false;

    for (size_t at = 8; at + 12 <= bytes.length;) {
        size_t length = (size_t)u16_at(bytes, at) << 16 | u16_at(bytes, at + 2);
        Str type = str_slice(bytes, at + 4, at + 8);
        bool sized = length == 13 && (u16_at(bytes, at + 8) | u16_at(bytes, at + 10)) && (u16_at(bytes, at + 12) | u16_at(bytes, at + 14));
        if (length > bytes.length - at - 12 || (at == 8 && !(str_equal(type, STR("IHDR")) && sized)))
            return false;
        content = content || (str_equal(type, STR("IDAT")) && length > 0);
        if (str_equal(type, STR("IEND")))
            return content;
        at += length + 12;
    }
    return false;
}

bool media_is_whole(Media media, Str bytes)
{
    switch (media) {
    case MEDIA_NONE:
    case MEDIA_PART:
        return false;
    case MEDIA_PDF:
        return pdf_is_whole(bytes);
    case MEDIA_JPEG:
        return jpeg_is_whole(bytes);
    case MEDIA_PNG:
        return png_is_whole(bytes);
    }
    return false;
}

const char *media_type(uint8_t media)
{
    switch (media) {
#define X(name, number, type, ending) \
    case number:                      \
        return type;
        MEDIAS(X)
#undef X
    default:
        return "application/octet-stream";
    }
}

const char *media_ending(uint8_t media)
{
    switch (media) {
#define X(name, number, type, ending) \
    case number:                      \
        return ending;
        MEDIAS(X)
#undef X
    default:
        return "bin";
    }
}

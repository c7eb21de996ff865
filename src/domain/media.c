/* First bytes of the documents that are taken in.
 * Must not allocate.
 * Called by web. */
#include "domain/media.h"

Media media_of(Str bytes)
{
    if (str_starts(bytes, STR("%PDF-")))
        return MEDIA_PDF;
    if (str_starts(bytes, STR("\xFF\xD8\xFF")))
        return MEDIA_JPEG;
    if (str_starts(bytes, STR("\x89PNG\r\n\x1A\n")))
        return MEDIA_PNG;
    return MEDIA_NONE;
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

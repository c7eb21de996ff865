/* The kinds of consent document that are taken in: told by their first bytes, never by a name or a claim.
 * Must not read what a document says: it is sealed as it is and given back as a download.
 * Used by web; the numbers stand in rows for ever. */
#ifndef DOMAIN_MEDIA_H
#define DOMAIN_MEDIA_H

#include "base/str.h"

#define MEDIAS(X)                           \
    X(PDF, 1, "application/pdf", "pdf")     \
    X(JPEG, 2, "image/jpeg", "jpg")         \
    X(PNG, 3, "image/png", "png")           \
    X(PART, 4, "application/json", "json") /* the part of a log that came from another municipality: never taken in from a form */

#define X(name, number, type, ending) MEDIA_##name = (number),
enum Media { MEDIA_NONE = 0, MEDIAS(X) };
#undef X
typedef enum Media Media;

#define DOCUMENT_BYTES_MAX ((size_t)10 << 20) /* of one document; a form with one is let through to 16 MiB, so that its field can say so */

/* What bytes begin as, a mark of UTF-8 before a PDF aside; MEDIA_NONE for anything else. */
Media media_of(Str bytes);
/* A whole file of its kind, as far as its frame tells: a PDF has its end, the pieces of an image lead from the size of the picture to
 * its end. What is kept as a signed consent can be opened. */
bool media_is_whole(Media media, Str bytes);
/* "application/pdf", and "pdf"; "application/octet-stream" and "bin" for a number that is none. Constants. */
const char *media_type(uint8_t media);
const char *media_ending(uint8_t media);

#endif

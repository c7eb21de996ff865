/* The objects of a PDF file: numbers, streams, and the table at its end that says where each stands.
 * Must not know what they mean.
 * Used by pdf alone. */
#ifndef PDF_OBJECTS_H
#define PDF_OBJECTS_H

#include <zlib.h>

#include "base/buf.h"
#include "crypto/hash.h"

typedef struct PdfObjects {
    Arena *keep;
    Buf file;
    Sha256 *sha256;
    size_t hashed;        /* so many bytes of file are in it */
    z_stream deflate;
    Buf squeezed;
    uint64_t *places;     /* by object number: where it stands */
    uint32_t count, room;
    Buf packed, packed_index; /* small objects that wait to be squeezed together */
    uint32_t packed_count, packed_number;
    Err err;              /* the first; nothing is written after it */
} PdfObjects;

/* A file of at most maximum bytes in keep. Errors: E_NO_MEMORY, E_CRYPTO. */
MUST_USE Err pdf_objects_open(PdfObjects *objects, size_t maximum, Arena *keep);
void pdf_objects_done(PdfObjects *objects);

/* The number of an object that is put later, once. 0 after an error. */
uint32_t pdf_object_new(PdfObjects *objects);
/* A dictionary or an array. */
void pdf_object_put(PdfObjects *objects, uint32_t number, Str body);
/* A stream of the bytes, squeezed; entries are those of its dictionary beside /Length and /Filter. */
void pdf_stream_put(PdfObjects *objects, uint32_t number, Str entries, Str bytes);
/* The same as it is: what other programs look for in the file. */
void pdf_stream_put_plain(PdfObjects *objects, uint32_t number, Str entries, Str bytes);

/* The whole file. Errors: the first that came; E_TOO_LARGE, E_NO_MEMORY, E_CRYPTO. */
MUST_USE Err pdf_objects_finish(PdfObjects *objects, uint32_t catalog, uint32_t info, Str *ret_file);

/* A text string: UTF-16 in hexadecimal digits, <FEFF...>. */
void pdf_add_text(Buf *buf, Str text);
void pdf_add_points(Buf *buf, const uint32_t *points, size_t count);
/* A point as UTF-16 in hexadecimal digits. */
void pdf_add_utf16(Buf *buf, uint32_t point);

#endif

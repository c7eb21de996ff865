/* The headings as bookmarks, so that a reader jumps to them.
 * Used by pdf alone. */
#ifndef PDF_BOOKMARKS_H
#define PDF_BOOKMARKS_H

#include "pdf/pdf_priv.h"

/* Remembers a heading; text is valid. Its place is told when it has been drawn. Errors: E_NO_MEMORY. */
MUST_USE Err pdf_bookmark_add(Pdf *pdf, unsigned level, Str text);
void pdf_bookmark_place(Pdf *pdf, int32_t y);

/* Writes all. *ret_number is 0 when there are none. Errors: E_NO_MEMORY. */
MUST_USE Err pdf_bookmarks_put(Pdf *pdf, uint32_t *ret_number);

#endif

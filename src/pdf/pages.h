/* Pages: begun with their header, ended with their list of marked contents, and at the end numbered.
 * Used by pdf alone. */
#ifndef PDF_PAGES_H
#define PDF_PAGES_H

#include "pdf/pdf_priv.h"

/* Shapes what stands at the top of each page. */
MUST_USE Err pdf_pages_prepare(Pdf *pdf);
/* Ends the page that is open, if one is, and begins the next. */
void pdf_page_begin(Pdf *pdf);
void pdf_page_end(Pdf *pdf);
/* So much is left above the footer. */
int32_t pdf_room(const Pdf *pdf);
/* So much a page has between header and footer. */
int32_t pdf_page_room(const Pdf *pdf);

/* Writes what belongs to all pages: footers, the tree of pages, and the list of who owns what on each. */
MUST_USE Err pdf_pages_finish(Pdf *pdf, uint32_t *ret_parents);

#endif

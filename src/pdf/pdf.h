/* A document as PDF, written in the order in which it is read: tagged for people who listen (PDF/UA-1), made to be kept
 * (PDF/A-2a), with its fonts inside. tools/check_pdf.py says which clauses hold.
 * Must not read a clock, a file, the locale or randomness: the same calls give the same bytes.
 * Used by archive reports and certificates. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "pdf/blocks.h"

/* What is said of the document as a whole. Every text is printed or stored as it is given; none may be empty but `made`. */
typedef struct PdfAbout {
    Str title;       /* the window's title, the metadata. Printed only if a heading says it too */
    Str language;    /* of all its text, BCP 47: "nb", "nn", "en" */
    Str label;       /* first in the header of each page, in bold: "Sensitivt" */
    Str made;        /* then who made it and when, in words; may be empty */
    Str page, of;    /* the words of each footer: "Side" 3 "av" 9 */
    int64_t made_at; /* UTC milliseconds, for the metadata; 0: they hold no time */
} PdfAbout;

#define PDF_PAGES_MAX 20000

/* An empty document of at most maximum bytes, which live in keep with all that is needed to make it: some twice the size of the
 * finished document and 1 MiB; thousands of entries are some MB. Fonts are read in place.
 * Close it with pdf_free, at the latest before keep ends; use AUTO(pdf_freep). pdf_free(NULL) is fine.
 * Errors: E_INVALID (a text of about is missing, or no language), E_BAD_UTF8, E_NO_MEMORY, E_CRYPTO. */
MUST_USE Err pdf_open(const PdfAbout *about, size_t maximum, Arena *keep, Pdf **ret_pdf);
void pdf_free(Pdf *pdf);
void pdf_freep(Pdf **pdf);

/* Between open and finish: pdf_heading, pdf_paragraph ... (pdf/blocks.h).
 *
 * The whole document, in keep. Nothing can be added after it. Errors: the first one kept; E_TOO_LARGE (over maximum, or over
 * PDF_PAGES_MAX pages), E_NO_MEMORY, E_BAD_UTF8, E_RANGE, E_INTERNAL (no heading in it, or a table is open), E_CRYPTO. */
MUST_USE Err pdf_finish(Pdf *pdf, Str *ret_bytes);

#endif

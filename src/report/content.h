/* A report as a document that people read: the PDF that an archive keeps.
 * Must not leave out a version, and must not print an id where there is a name.
 * Used by package. Rule: deletion 5. */
#ifndef REPORT_CONTENT_H
#define REPORT_CONTENT_H

#include "report/report.h"

#define REPORT_PDF_MAX ((size_t)64 << 20)

/* The document in the language of the report. Errors: those of pdf_finish; E_MALFORMED for another language. */
MUST_USE Err content_print(const Report *report, Arena *keep, Str *ret_pdf);

#endif

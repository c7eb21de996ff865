/* A report as a document that people read: the PDF that an archive keeps.
 * Must not leave out a version, and must not print an id where there is a name.
 * Used by package. Rule: deletion 5. */
#ifndef REPORT_CONTENT_H
#define REPORT_CONTENT_H

#include "report/report.h"

#define REPORT_PDF_MAX ((size_t)64 << 20)

/* Who hears how many versions of entries are printed, of all; an error ends it. */
typedef struct ReportWatch {
    void *self;
    Err (*printed)(void *self, uint32_t done, uint32_t total);
} ReportWatch;

/* The document in the language of the report; watch may be NULL. Errors: those of pdf_finish; E_MALFORMED for another language; watch's. */
MUST_USE Err content_print(const Report *report, const ReportWatch *watch, Arena *keep, Str *ret_pdf);

#endif

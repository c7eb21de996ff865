/* Everything that stands in an entered log, opened, as its archive report holds it.
 * Must not be called but for making a report: it opens every number and every version.
 * Called by make.c. Rules: deletion 5, data 12. */
#ifndef SERVICE_REPORT_GATHER_H
#define SERVICE_REPORT_GATHER_H

#include "report/report.h"
#include "service/log/entered.h"
#include "service/log/reader.h"
#include "service/report/progress.h"

/* Of all documents of one log together; a report is a file that somebody downloads. */
#define REPORT_DOCUMENTS_MAX ((size_t)40 << 20)

typedef struct Gathered {
    Report report;
    Str *documents; /* the files of report.documents, in their order */
} Gathered;

/* All versions of every entry, opened, in the order of writing; names of authors are not among them. hearer: of each
 * batch; NULL: nobody. Errors: E_FORGED; the hearer's. */
MUST_USE Err report_entries_open(const LogEntered *entered, const ReportHearer *hearer, Arena *keep, ReportEntries *ret_entries);

/* Everything lives in reader->keep, of which about three times the documents' size is needed. made.report and made.language are the
 * caller's to fill in. hearer: of each batch of entries and each document; NULL: nobody. Errors: E_TOO_LARGE; E_FORGED; those of keys
 * and the store; the hearer's. */
MUST_USE Err report_gather(const LogReader *reader, LogEntered *entered, const ReportHearer *hearer, Gathered *ret_gathered);

#endif

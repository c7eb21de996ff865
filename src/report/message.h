/* The message by which a report is handed to an archive: Fiks Arkiv, arkivmelding.opprett v1.
 * Must not tell more of a family than the archive needs to find and shield the case: names, parts and numbers, no address.
 * Used by package. Rule: deletion 5. */
#ifndef REPORT_MESSAGE_H
#define REPORT_MESSAGE_H

#include "report/report.h"

/* A file of the package that the archive keeps. */
typedef struct ReportFile {
    Str name;
    Str title;
    bool main;            /* the report itself; else an enclosure */
    const char *format;   /* as the archives list them: "RA-PDF" */
    const char *detail;   /* "PDF/A-2a", or NULL */
    const char *type;     /* media type */
    int64_t size;
    ReportHash sha256;
} ReportFile;

typedef struct ReportFiles {
    const ReportFile *items;
    uint32_t count;
} ReportFiles;

/* Errors: E_TOO_LARGE, E_NO_MEMORY. */
MUST_USE Err message_write(const Report *report, ReportFiles files, Arena *keep, Str *ret_xml);

#endif

/* The data of a report: JSON by the field table, from which everything is read back (docs/formats.md).
 * Must not leave anything out.
 * Used by package, tests and fuzzing. */
#ifndef REPORT_WRITE_H
#define REPORT_WRITE_H

#include "report/report.h"

#define REPORT_DATA_MAX ((size_t)64 << 20)

/* Errors: E_TOO_LARGE, E_NO_MEMORY. */
MUST_USE Err report_write(const Report *report, Arena *keep, Str *ret_data);

#endif

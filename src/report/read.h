/* The data of a report, read back.
 * Must not take what report_write would have written differently.
 * Used by package, tests and fuzzing. */
#ifndef REPORT_READ_H
#define REPORT_READ_H

#include "report/report.h"

/* Everything lives in keep. Errors: E_MALFORMED for anything that is not, byte for byte, the data of a report of this format;
 * E_BAD_UTF8, E_NO_MEMORY. */
MUST_USE Err report_read(Str data, Arena *keep, Report *ret_report);

#endif

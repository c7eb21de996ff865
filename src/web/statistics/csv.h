/* Statistics as a file for a spreadsheet.
 * Must not hold what the page does not show.
 * Called through the table of routes. */
#ifndef WEB_STATISTICS_CSV_H
#define WEB_STATISTICS_CSV_H

#include "web/call/call.h"

/* The figures of the same question that the page shows: UTF-8 with a mark, ';', CRLF. Errors: E_NOT_FOUND where the page has none. */
MUST_USE Err statistics_csv(Call *call);

#endif

/* The page of the statistics.
 * Must not read anything but what a publication shows.
 * Called through the table of routes. */
#ifndef WEB_STATISTICS_STATISTICS_H
#define WEB_STATISTICS_STATISTICS_H

#include "web/call/call.h"

MUST_USE Err statistics_page(Call *call);

#endif

/* Statistics of the demo: facts of invented logs of the last years, sealed as those of real ones are, and published half-year by
 * half-year, so that the pages have something to tell: which measures end well (service/seed/effects.c), and what changes over time.
 * Must not publish what the service's own freeze would not.
 * Used by the command demo. */
#ifndef CLI_DEMO_STATISTICS_H
#define CLI_DEMO_STATISTICS_H

#include "cli/demo/demo.h"

/* Three years before the one that is going on, and what is published of that. */
MUST_USE Err demo_publish_statistics(Demo *demo);

#endif

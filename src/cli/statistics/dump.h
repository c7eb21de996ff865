/* Every number that a page may show of the newest publication, one question a line, as JSON.
 * Must not read anything but what is shown.
 * Used by statistics.c. */
#ifndef CLI_STATISTICS_DUMP_H
#define CLI_STATISTICS_DUMP_H

#include <stdio.h>

#include "store/store.h"

/* {"family":1,"category":3,"year":2026,"side":"organisation","rows":[7,null],"total":12}: positions from 0, null in the place of a
 * mask; category and year are null where all are meant. Errors: E_NOT_FOUND (nothing is published), E_FORGED. */
MUST_USE Err statistics_dump(Store *store, FILE *to);

#endif

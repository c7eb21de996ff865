/* The alarm for a row that this service did not write.
 * Must not be told more than which row it is.
 * Used by tx.c. */
#ifndef STORE_ALARM_H
#define STORE_ALARM_H

#include "base/id.h"

/* One line in the log of the process. table is a constant; row its key, or the first half of the key's hash. */
void alarm_row(Id tenant, const char *table, Id row);
/* The ledger tells of lines that this database does not have: it was put back. */
void alarm_older(Id tenant);

#endif

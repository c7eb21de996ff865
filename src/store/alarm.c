/* Tells in the log of the process that a row is forged.
 * Must not include the tables: their list LOG and the macro of a log line have one name.
 * Called by tx.c. */
#include "store/alarm.h"

#include "sys/log.h"

void alarm_row(Id tenant, const char *table, Id row)
{
    LOG(LOG_LEVEL_ALERT, "row-forged", log_id("tenant", tenant), log_word("table", table), log_id("row", row));
}

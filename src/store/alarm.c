/* Tells in the log of the process that a row is forged, or a database older than what is known of it.
 * Must not include the tables: their list LOG and the macro of a log line have one name.
 * Called by tx.c, catch_up.c and others of store. */
#include "store/alarm.h"

#include "sys/log.h"

void alarm_row(Id tenant, const char *table, Id row)
{
    LOG(LOG_LEVEL_ALERT, "row-forged", log_id("tenant", tenant), log_word("table", table), log_id("row", row));
}

void alarm_older(Id tenant)
{
    LOG(LOG_LEVEL_ALERT, "database-older-than-ledger", log_id("database", tenant));
}

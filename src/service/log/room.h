/* How much may be written in a log: it is opened whole, and what was written stays.
 * Must not refuse a removal, nor what the family asks for: both are always possible.
 * Called by whatever writes an entry. */
#ifndef SERVICE_LOG_ROOM_H
#define SERVICE_LOG_ROOM_H

#include "service/log/entered.h"

/* Whether one more version fits: what the holder needs cannot be used up by others, and what is said of the log
 * itself (SECTION_LIFE) has room of its own. Errors: E_TOO_LARGE. */
MUST_USE Err log_room(const LogEntered *entered, const Actor *actor, const EntryRow *row);

#endif

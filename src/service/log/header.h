/* Makes the header of a log, which lists show: the child's name, the level and the next step.
 * Must not hold anything that a list does not need.
 * Called by the other parts of the log service whenever a write may change it. */
#ifndef SERVICE_LOG_HEADER_H
#define SERVICE_LOG_HEADER_H

#include "base/calendar.h"
#include "domain/fields.h"

/* The newest version of one entry, opened. */
typedef struct LogOpened {
    Values values;
    bool removed;
} LogOpened;

/* The header of a log, from its entries in the order of writing: the child's name, the newest level, the next step. That
 * is the planned or running measure, or the coming meeting, that is due first. A measure past its deadline stays first
 * until it is dealt with; a meeting that is over does not. The texts live in the entries or in keep.
 * Errors: E_INVALID without a child. */
MUST_USE Err log_header_make(const LogOpened *entries, uint32_t count, Day today, Arena *keep, Values *ret_header);

#endif

/* Makes the header of a log, which lists show: the child's name, the level and the next step; and for jobs its dates.
 * Must not hold anything that a list does not need.
 * Called by the other parts of the log service whenever a write may change it. */
#ifndef SERVICE_LOG_HEADER_H
#define SERVICE_LOG_HEADER_H

#include "base/calendar.h"
#include "domain/fields.h"
#include "domain/states.h"
#include "service/log/newest.h"

/* The newest version of one entry, opened. */
typedef struct LogOpened {
    Id entry;
    Values values;
    bool removed;
} LogOpened;

/* The header of a log, from its entries in the order of writing: the child's name, the newest level, the next step. That
 * is the planned or running measure, or the coming meeting, that is due first. A measure past its deadline stays first
 * until it is dealt with; a meeting that is over does not. The texts live in the entries or in keep.
 * Errors: E_INVALID without a child. */
MUST_USE Err log_header_make(const LogOpened *entries, uint32_t count, Day today, Arena *keep, Values *ret_header);

/* What a header tells the policy beside the birth (LogWish.birth): FLAG_ADDRESS_PROTECTED unless it says that the child is not. */
Flags log_header_flags(const Values *header);

/* A death is recorded. */
bool log_header_died(const Values *header);

/* One entry that changes in a log whose header stands: of the others the plain columns are known, and they are opened only
 * where that cannot be avoided. */
typedef struct LogHeaderChange {
    const Values *before;       /* the header, made today or earlier */
    const LogNewest *entries;   /* without the change */
    LogOpened after;            /* the entry that changes, or is new */
    Day today;
    Err (*open)(void *self, const EntryRow *row, Values *ret_values); /* a newest version that is not removed */
    void *self;
} LogHeaderChange;

/* What log_header_make would give with the change among the entries. Opens the newest level when a level changes, and measures
 * and meetings when the next step itself is moved or done, or a meeting that was it is over.
 * Errors: open's; E_INVALID without a child. */
MUST_USE Err log_header_renew(const LogHeaderChange *change, Arena *keep, Values *ret_header);

#endif

/* What pages and answers about logs have in common.
 * Must not decide who may: the service does.
 * Used by web's handlers of pages and documents about logs. */
#ifndef WEB_LOG_PAGE_H
#define WEB_LOG_PAGE_H

#include "service/log/view.h"
#include "web/call.h"

/* The log that the address names, whole, as whoever works in it reads it: without a reason.
 * Errors: as log_open; E_NOT_FOUND also for the stub. */
MUST_USE Err log_of_address(Call *call, LogView *ret_log);

/* The layout of a page about a log: titled by its number, with the way back; part is empty on the log's own page. */
MUST_USE Err log_layout(Call *call, const LogView *log, Str part, LayoutView *ret_layout);

/* The caller's own logs; one that had to be closed while they were listed raises an alarm. */
MUST_USE Err mine_list(Call *call, LogSummaries *ret_logs);

/* A reason to open a log that this role may give; none for any other text. */
Opening reason_given(const Call *call, Str code);

#endif

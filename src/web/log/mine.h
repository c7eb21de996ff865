/* The list of one's own logs, and finding one that needs a reason.
 * Must not show a child's name where the service gave a stub.
 * Called through the table of routes. */
#ifndef WEB_LOG_MINE_H
#define WEB_LOG_MINE_H

#include "service/log/view.h"
#include "web/call/call.h"

/* The caller's own logs; one that had to be closed while they were listed raises an alarm. */
MUST_USE Err mine_list(Call *call, LogSummaries *ret_logs);
/* Handlers of the table of routes. */
MUST_USE Err mine_page(Call *call);
MUST_USE Err mine_find_send(Call *call);

#endif

/* Notices: what one has been told, and what waits.
 * Must not show a name that the service did not give.
 * Called through the table of routes. */
#ifndef WEB_LOG_INBOX_H
#define WEB_LOG_INBOX_H

#include "pages/views.h"
#include "service/reading/inbox.h"
#include "web/call/call.h"

/* A page of it: ?before names the notice behind which it begins. */
MUST_USE Err inbox_list(Call *call, InboxItems *ret_items);
/* All that waits, and not news. */
MUST_USE Err inbox_list_waiting(Call *call, InboxItems *ret_items);
/* What waits, for the first page; *ret_tasks has room for them. */
MUST_USE Err inbox_tasks(const Call *call, const InboxItems *items, TaskView *tasks, size_t *ret_count);
/* "1795266309123-...": what ?before is; empty where nothing follows. Errors: E_NO_MEMORY. */
MUST_USE Err inbox_next(Call *call, const InboxItems *items, Str *ret_before);

/* Handlers of the table of routes. */
MUST_USE Err inbox_page(Call *call);
MUST_USE Err inbox_mark_send(Call *call);
MUST_USE Err inbox_choose_send(Call *call);

#endif

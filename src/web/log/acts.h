/* The procedures that a reader may carry out, as links: about the log, and to go on with one of its entries.
 * Must not offer what the service would refuse today.
 * Used by the log's page. */
#ifndef WEB_LOG_ACTS_H
#define WEB_LOG_ACTS_H

#include "pages/views.h"
#include "service/log/view.h"
#include "web/call/call.h"

/* What the reader may do does not differ from entry to entry: asked once a page for each procedure. Starts as zeros. */
typedef struct ActsKnown {
    ActSet asked, allowed;
} ActsKnown;

/* entry: NULL for those about the log. */
MUST_USE Err act_links(const Call *call, const LogView *log, const LogEntry *entry, ActsKnown *known, Links *ret_links);
/* Those about the log: about a transfer that waits and about its end, which stand first, about somebody's consent, beside the consents, and the others. */
MUST_USE Err act_links_by_place(const Call *call, const LogView *log, PageLog *page);

#endif

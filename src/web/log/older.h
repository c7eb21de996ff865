/* What a log's page does not show, by section: the links to it, and its pages.
 * Must not show what the page shows already.
 * Used by page.c, and through the table of routes. */
#ifndef WEB_LOG_OLDER_H
#define WEB_LOG_OLDER_H

#include "pages/views.h"
#include "service/log/view.h"
#include "web/call/call.h"

/* The links of a log's page to what is folded away; none where nothing is. They carry the reason that opened the log. */
MUST_USE Err older_links(Call *call, const LogView *log, Opening reason, PageLog *page);
/* GET /logg/{id}/eldre/{word}[?grunn=...][&for=n]; the word is the kind after which a section is named. */
MUST_USE Err log_older_page(Call *call);

#endif

/* The current entries of a log in their sections: a removed one stands among the notes, with its reason.
 * Must not leave an entry out: whoever reads the log reads all of it, here and where older.c leads.
 * Called by page.c. */
#ifndef WEB_LOG_SECTIONS_H
#define WEB_LOG_SECTIONS_H

#include "pages/views.h"
#include "service/log/view.h"
#include "web/call/call.h"

/* The sections of entries: attentions, goals and measures, meetings, notes, resources. Adds to ret_page. */
MUST_USE Err log_view_entries(Call *call, const LogView *log, PageLog *ret_page);

#endif

/* What stands around the entries: whose log it is, level, next step, consents, people, openings, history.
 * Must not show the full identity number: that is an act of its own.
 * Called by page.c. */
#ifndef WEB_LOG_FRAME_H
#define WEB_LOG_FRAME_H

#include "pages/views.h"
#include "service/log/view.h"
#include "web/call/call.h"

/* Who and what the log is: the band at the top, levels, consents, people, openings, history. Adds to ret_page. */
MUST_USE Err log_view_frame(Call *call, const LogView *log, PageLog *ret_page);

#endif

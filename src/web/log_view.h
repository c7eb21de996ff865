/* An opened log as the page that people read.
 * Must not decide who sees what: everything in a LogView may be shown to its reader.
 * Used by log_page.c. */
#ifndef WEB_LOG_VIEW_H
#define WEB_LOG_VIEW_H

#include "web/log_words.h"

/* The sections of entries: attentions, goals and measures, meetings, notes, resources. Adds to ret_page. */
MUST_USE Err log_view_entries(Call *call, const LogView *log, PageLog *ret_page);
/* Who and what the log is: the band at the top, levels, consents, people, openings, history. Adds to ret_page. */
MUST_USE Err log_view_frame(Call *call, const LogView *log, PageLog *ret_page);

#endif

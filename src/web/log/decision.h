/* What pages tell of a deletion that is ordered: the page of whoever decides about it, and the words of a stub.
 * Must not show what stands in the log.
 * Called by page.c. Rules: deletion 2, 6, 14. */
#ifndef WEB_LOG_DECISION_H
#define WEB_LOG_DECISION_H

#include "pages/views.h"
#include "service/log/view.h"
#include "web/call/call.h"

/* The page. */
MUST_USE Err decision_show(Call *call, const LogView *log);
/* For whoever sees the stub: that it is to be deleted, when, and that this can be stopped; nothing where no order stands. */
MUST_USE Err decision_words(const Call *call, const LogOrder *order, Paragraphs *ret_lines);

#endif

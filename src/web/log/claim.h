/* What pages tell of a claim that the log be deleted: until when it is answered, or how it was and what can be done about it.
 * Must not tell who asked, nor why: that stands in the log.
 * Used by page.c. */
#ifndef WEB_LOG_CLAIM_H
#define WEB_LOG_CLAIM_H

#include "pages/views.h"
#include "web/call/call.h"
#include "service/log/view.h"

MUST_USE Err claim_words(Call *call, const LogView *log, Paragraphs *ret_lines);

#endif

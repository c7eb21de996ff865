/* What pages tell of a deletion that is ordered: the page of whoever decides about it, and the words of a stub.
 * Must not show what stands in the log.
 * Called by page.c and web/ending. Rules: deletion 2, 6, 14. */
#ifndef WEB_LOG_DECISION_H
#define WEB_LOG_DECISION_H

#include "pages/views.h"
#include "service/log/view.h"
#include "web/call/call.h"

/* Rows of what is known of a deletion, as far as they are filled. */
typedef struct DecisionFacts {
    const Call *call;
    RowView *rows;
    size_t count;
} DecisionFacts;
/* One more, unless it is empty; why it is, or was, deleted and what became of the content; what somebody did, or happened, and when. */
void decision_fact(DecisionFacts *facts, enum msg term, Str text);
MUST_USE Err decision_codes(DecisionFacts *facts, const DeletionRow *row);
MUST_USE Err decision_done(DecisionFacts *facts, enum msg term, Str name, int64_t at);

/* The page. */
MUST_USE Err decision_show(Call *call, const LogView *log);
/* Whoever asks for a log that is deleted, and may read its certificate, is led there; else the error stands. */
MUST_USE Err decision_instead(Call *call, Err error);
/* For whoever sees the stub: that it is to be deleted, when, and that this can be stopped; nothing where no order stands. */
MUST_USE Err decision_words(const Call *call, const LogOrder *order, Paragraphs *ret_lines);

#endif

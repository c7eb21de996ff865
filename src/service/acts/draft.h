/* Drafts inside a log: what somebody has typed and not sent, kept for them alone until it is sent or old.
 * Must not write an audit line (a draft is not yet content), nor open anything else of the log: the key agent gives the
 * draft sub-key only.
 * Called by web. Rule: web 2. */
#ifndef SERVICE_ACTS_DRAFT_H
#define SERVICE_ACTS_DRAFT_H

#include "service/log/reader.h"

#define LOG_DRAFT_MAX ((size_t)32 << 10)

#define LOG_DRAFTS_EACH 50 /* of one person in one log */

/* What a draft is of: one per person, log, kind and entry. */
typedef struct DraftOf {
    Id log;
    KindId kind;
    Id entry;  /* the entry that is corrected; none for a new one */
} DraftOf;

/* Keeps text (at most LOG_DRAFT_MAX bytes) in the place of what was kept before. The form's key is not used up.
 * Errors: E_NOT_FOUND/E_FORBIDDEN as log_open; E_TOO_LARGE; E_STALE when another window of the same person kept its own
 * at the same moment; E_BUDGET. */
MUST_USE Err log_draft_keep(Service *service, const Actor *actor, const DraftOf *of, Str text, Arena *scratch);
/* What was kept, and when; empty when there is nothing, or it does not open. One that is 14 days old is
 * forgotten instead. */
MUST_USE Err log_draft_find(const LogReader *reader, const DraftOf *of, Str *ret_text, int64_t *ret_at);

#endif

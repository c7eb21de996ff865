/* Drafts of entries: kept while somebody types, given back where the form is shown again, forgotten when it is sent.
 * Must not be used for a log that is not made yet: the wizard keeps nothing.
 * Used by entry.c and page.c. Rule: web 2. */
#ifndef WEB_LOG_DRAFT_H
#define WEB_LOG_DRAFT_H

#include "html/html.h"
#include "service/acts/draft.h"
#include "service/log/view.h"
#include "web/call/call.h"

/* Puts what was kept into call->form, so that the fields show it, and says when that was in *ret_note; both stay as they
 * are when there is nothing, or this reader keeps no drafts here. */
MUST_USE Err draft_bring(Call *call, const LogView *log, const DraftOf *of, Str *ret_note);
/* Where the form saves while somebody types; none when this reader keeps no drafts here. */
MUST_USE Err draft_url(const Call *call, const LogView *log, const DraftOf *of, Url *ret_url);
/* Keeps what was posted to a form of a log in a session that had been idle too long; false when there is nothing to keep,
 * or it could not be kept. Nobody is signed in afterwards either. */
bool draft_after_idle(Call *call);
/* Handlers of the table of routes. */
MUST_USE Err draft_send(Call *call);

/* The version that what stands in a form was written from: of the draft, or of the form that was sent. An older one stays, so
 * that what somebody else wrote meanwhile is not overwritten unseen. newest: what stands in the log. */
uint32_t draft_version(const Call *call, uint32_t newest);

#endif

/* Answers: a page, a file, a redirect; and what was asked.
 * Must not decide anything.
 * Called by web.c and the handlers. */
#ifndef WEB_CALL_ANSWER_H
#define WEB_CALL_ANSWER_H

#include "domain/input/media.h"
#include "html/html.h"
#include "text/text.h"
#include "web/call/call.h"

/* Value of a posted field, empty when it was not sent. */
Str call_field(const Call *call, const char *name);
/* The same of the address's query. */
Str call_query(const Call *call, const char *name);
/* A page. */
MUST_USE Err call_page(Call *call, int status, const Html *html);
/* A file or a plain text, 200. */
MUST_USE Err call_bytes(Call *call, Str media_type, Str bytes);
/* 303 to a local address: the only answer to a POST that changed something. */
MUST_USE Err call_redirect(Call *call, Str location);
/* Before an act: where its answer will lead, to be stored with what the act changes (rules: reading-and-writing 11). */
void call_leads_to(Call *call, Str location);
/* The redirect to there. */
MUST_USE Err call_lead_on(Call *call);
/* An empty page to write into, in the reader's language. */
Html call_html(const Call *call);
/* "For mange forsøk. Vent til kl. 14.06 ...": until (UTC ms) is told by the minute, rounded up, and as Retry-After. */
MUST_USE Err call_wait_text(Call *call, int64_t until, Str *ret_text);
/* The same for an address that has typed many codes which are none. */
MUST_USE Err call_enrolment_wait(Call *call, Str *ret_text);
/* A text of the catalogue in the reader's language. */
Str call_text(const Call *call, enum msg id);

#endif

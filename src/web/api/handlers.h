/* The API: the same services as the pages, with documents instead of forms.
 * Must not decide anything, nor show what no page shows.
 * Called through the table of routes. */
#ifndef WEB_API_HANDLERS_H
#define WEB_API_HANDLERS_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err api_session(Call *call);
MUST_USE Err api_logs(Call *call);
MUST_USE Err api_passive(Call *call);
MUST_USE Err api_deletions(Call *call);
MUST_USE Err api_certificates(Call *call);
MUST_USE Err api_inbox(Call *call);
MUST_USE Err api_blind_requests(Call *call);
MUST_USE Err api_transfers(Call *call);
MUST_USE Err api_blind_request(Call *call);
MUST_USE Err api_silence(Call *call);
MUST_USE Err api_log(Call *call);
MUST_USE Err api_seen(Call *call);
MUST_USE Err api_consents(Call *call);
MUST_USE Err api_copy(Call *call);
MUST_USE Err api_entry(Call *call);
MUST_USE Err api_entry_add(Call *call);
MUST_USE Err api_entry_correct(Call *call);
MUST_USE Err api_entry_remove(Call *call);
MUST_USE Err api_act(Call *call);

#endif

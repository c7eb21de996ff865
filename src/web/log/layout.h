/* What pages about one log have in common: the log of the address, the title, the way back.
 * Must not name a child in a title or an address.
 * Called by the pages of this room. */
#ifndef WEB_LOG_LAYOUT_H
#define WEB_LOG_LAYOUT_H

#include "pages/views.h"
#include "service/log/view.h"
#include "web/call/call.h"

/* The log that the address names, whole, as whoever works in it reads it: without a reason.
 * Errors: as log_open; E_NOT_FOUND also for the stub. */
MUST_USE Err log_of_address(Call *call, LogView *ret_log);
/* The same for the form of a new entry of this kind, with the entries that it offers to refer to (log_open_to_add). */
MUST_USE Err log_of_address_to_add(Call *call, const Kind *kind, LogView *ret_log);
/* The layout of a page about a log: titled by its number, with the way back; part is empty on the log's own page. */
MUST_USE Err log_layout(Call *call, const LogView *log, Str part, LayoutView *ret_layout);

#endif

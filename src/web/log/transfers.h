/* Logs on their way to a unit, and those that it has given away.
 * Must not tell whom one that is on its way is about.
 * Called through the table of routes. Rules: transfer 1, 7, 9. */
#ifndef WEB_LOG_TRANSFERS_H
#define WEB_LOG_TRANSFERS_H

#include "pages/views.h"
#include "service/log/view.h"
#include "web/call/call.h"

MUST_USE Err transfers_page(Call *call);
/* What the page of a part that was given away says of it. */
MUST_USE Err transfer_part_words(Call *call, const LogView *log, Paragraphs *ret_lines);

#endif

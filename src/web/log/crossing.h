/* A log of another municipality that waits for a unit's answer, and the part of a log that came from one.
 * Must not tell whom one that waits is about.
 * Called through the table of routes. Rules: transfer 1, 4, 6, 9. */
#ifndef WEB_LOG_CROSSING_H
#define WEB_LOG_CROSSING_H

#include "html/html.h"
#include "web/call/call.h"

/* "/overforinger/{id}" and what follows. */
MUST_USE Err crossing_url(const Call *call, Id transfer, const char *suffix, Url *ret_url);

MUST_USE Err crossing_page(Call *call);
MUST_USE Err crossing_send(Call *call);
MUST_USE Err crossing_no_page(Call *call);
MUST_USE Err crossing_no_send(Call *call);
/* What was written before the log went from one municipality to the other, with the hash of it, in either. */
MUST_USE Err part_page(Call *call);

#endif

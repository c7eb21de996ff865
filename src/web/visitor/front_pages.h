/* The pages that the front shows when it answers by itself: too large, away, not understood.
 * Must not need the service: they are written into the front's configuration.
 * Used by cli/front. */
#ifndef WEB_VISITOR_FRONT_PAGES_H
#define WEB_VISITOR_FRONT_PAGES_H

#include "gateway/front.h"

#define FRONT_PAGES 6

/* One page for each status of FrontPage, in bokmål with a line of nynorsk and English: the front knows nobody's language.
 * The texts live in arena. Errors: E_NO_MEMORY. */
MUST_USE Err front_pages(Arena *arena, FrontPage ret_pages[static FRONT_PAGES]);

#endif

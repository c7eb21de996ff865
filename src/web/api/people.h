/* The API of who takes part in a log.
 * Must not decide anything, nor tell a code twice.
 * Called through the table of routes. */
#ifndef WEB_API_PEOPLE_H
#define WEB_API_PEOPLE_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err api_actor_add(Call *call);
MUST_USE Err api_actor_end(Call *call);
MUST_USE Err api_guardian_end(Call *call);
MUST_USE Err api_family_code(Call *call);
MUST_USE Err api_child_let_in(Call *call);
MUST_USE Err api_child_keep_out(Call *call);

#endif

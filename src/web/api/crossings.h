/* The answers of a manager to a log of another municipality, for programs.
 * Must not tell whom it is about.
 * Called through the table of routes. Rules: transfer 1, 6. */
#ifndef WEB_API_CROSSINGS_H
#define WEB_API_CROSSINGS_H

#include "web/call/call.h"

MUST_USE Err api_crossing_take(Call *call);
MUST_USE Err api_crossing_refuse(Call *call);

#endif

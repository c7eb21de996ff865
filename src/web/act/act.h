/* The page of a procedure: its form, what follows from it, and how it ended.
 * Must not know a procedure by name: the table (domain/procedures.h) and the catalogue ("act.<code>. ...") say what it shows.
 * Called through the table of routes. */
#ifndef WEB_ACT_ACT_H
#define WEB_ACT_ACT_H

#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err act_page(Call *call);
MUST_USE Err act_send(Call *call);

#endif

/* Acts that ask for a code anew: each at an address of its own, whose form holds no file that the page which asks would lose.
 * Must not carry anything out itself.
 * Called through the table of routes. */
#ifndef WEB_ACT_PROVED_H
#define WEB_ACT_PROVED_H

#include "web/call/call.h"

/* Handlers of the table of routes: the row names the act. */
MUST_USE Err act_proved_page(Call *call);
MUST_USE Err act_proved_send(Call *call);

#endif

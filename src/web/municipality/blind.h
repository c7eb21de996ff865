/* Requests for logs that a unit does not know of: sent, and those that met a log of ours.
 * Must not show more of one that met a log than of one that did not, to whoever sent it.
 * Called through the table of routes. Rule: transfer 8. */
#ifndef WEB_MUNICIPALITY_BLIND_H
#define WEB_MUNICIPALITY_BLIND_H

#include "web/call/call.h"

MUST_USE Err blind_page(Call *call);
MUST_USE Err blind_send(Call *call);

#endif

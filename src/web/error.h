/* The page of an error, and what was typed given back where that helps.
 * Must not say more than the status does: forbidden and absent are the same page, byte for byte but for the request's id.
 * Called by web.c. */
#ifndef WEB_ERROR_H
#define WEB_ERROR_H

#include "base/err.h"
#include "web/call/call.h"

/* The page for an error; never tells more than its status does. */
MUST_USE Err call_error(Call *call, Err error);

#endif

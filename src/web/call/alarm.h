/* Failures that an operator must hear of.
 * Must not tell who asked, nor for what: the route and the request's id lead to the audit.
 * Used by web.c. */
#ifndef WEB_CALL_ALARM_H
#define WEB_CALL_ALARM_H

#include "base/err.h"
#include "web/call/call.h"

/* Logs a failed request when the failure is ours and not the asker's; a ceiling that was reached stands in the
 * municipality's audit too. */
void alarm_raise(const Call *call, Err error);

#endif

/* Addresses of a log and of what stands in it, and its number.
 * Must not know what is shown there.
 * Called by the handlers. */
#ifndef WEB_CALL_ADDRESS_H
#define WEB_CALL_ADDRESS_H

#include "html/html.h"
#include "web/call/call.h"

/* "/logg/{id}" and what follows: a suffix ("/sett"), or nothing. */
MUST_USE Err log_url(const Call *call, Id log, const char *suffix, Url *ret_url);

/* "/logg/{id}/{what}/{id}". */
MUST_USE Err log_entry_url(const Call *call, Id log, const char *what, Id entry, Url *ret_url);

/* "/logg/{id}/handling/[{id}/]{act}": the page of a procedure; entry: none when it is about the log. */
MUST_USE Err act_url(const Call *call, Id log, Id entry, const char *act, Url *ret_url);

#endif

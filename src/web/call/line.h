/* The one line that each request leaves in the log.
 * Must not tell who asked, nor for what: it names the route's pattern, never the address, and the request's id leads to the audit.
 * Used by web.c, and where a failure is no outcome of its request. */
#ifndef WEB_CALL_LINE_H
#define WEB_CALL_LINE_H

#include "sys/log.h"
#include "web/call/call.h"

#define LINE_FIELDS 6

/* Writes the line of a request that is answered; louder when the failure is ours and not the asker's. ms: from its last byte to its
 * answer. "<6>event=request method=GET route=/logg/{id} status=200 result=OK ms=3"; a failure of ours ends with its id in the audit:
 * "... result=STORE at=src/store/writer.c:88 ms=3 request=00...". */
void line_write(const Call *call, Err result, int64_t ms);

/* The same for a request that was refused before it had a route. */
void line_refused(int status);

/* A log had to be closed while others were listed: an alarm beside the line of the request. */
void line_log_closed(const Call *call, Err why);

/* The fields of line_write, for its test. Returns how many. */
size_t line_fields(const Call *call, Err result, int64_t ms, LogField ret_fields[static LINE_FIELDS]);

#endif

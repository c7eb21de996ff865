/* Opens a log for one person: everything that they may read, once its line is durable; or the stub.
 * Must not hand anything out before log_read_line has said yes.
 * Called by web and api. Rules: 2-lifecycle, settled 3, 16. */
#ifndef SERVICE_READING_OPEN_H
#define SERVICE_READING_OPEN_H

#include "service/log/view.h"
#include "service/service.h"

/* Opens a log. reason: OPENING_NONE unless the policy asks for one (KA, EL, operators).
 * Errors: E_NOT_FOUND absent, or the caller may not know; E_FORBIDDEN with *ret_view untouched never differs outside;
 * E_INVALID when a reason is needed (*ret_why says WHY_ASK_REASON); E_FORGED the log was closed because a row does not
 * match its head; E_HELD it is closed still; E_BUDGET. With WHY_STUB in *ret_why only the summary is filled. */
MUST_USE Err log_open(Service *service, const Actor *actor, Id log, enum Opening reason, Arena *keep,
                      enum Why *ret_why, LogView *ret_view);

#endif

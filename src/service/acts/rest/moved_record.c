/* It is recorded that the child has moved to another municipality: nothing else changes.
 * Must not take access from anybody, nor tell the other municipality.
 * Called by service/acts/procedure. Rule: scenarios 4. */
#include "service/log/deed.h"

Err deed_moved_record(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    if (entered->content.log.flags & FLAG_MOVED)
        return fail(E_INVALID);
    log_change_flag(entered, deed->actor, FLAG_MOVED, change);
    return ok();
}

/* Somebody of the family who sees that the log is to be deleted asks that it be stopped: administrators, and the manager who may approve,
 * have it as a task until somebody has.
 * Must not stop anything, nor tell whoever asks that another has asked.
 * Called by service/acts/procedure. Rule: deletion 6. */
#include "service/log/change.h"
#include "service/log/deed.h"
#include "service/log/lived.h"

/* What they have asked themselves, since it was ordered. */
static bool waits(const Deed *deed, const LogEntered *entered)
{
    const EntryRow *order = log_lived_last(entered, KIND_DELETION_ORDER);

    for (uint32_t i = entered->newest.count; i-- > 0 && entered->newest.items[i].first != order;)
        if (entered->newest.items[i].first->kind == KIND_STOP_WISH && id_equal(entered->newest.items[i].first->author, deed->actor->person))
            return true;
    return false;
}

Err deed_stop_ask(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    if (waits(deed, entered))
        return fail(E_INVALID);
    log_change_flags(entered, deed->actor, (Flags)FLAG_STOP_ASKED, 0, change);
    change->tells = NOTICE_DELETION_WAITS;
    return ok();
}

/* Somebody of the family who sees no more than the stub asks for access: manager and administrators have it as a task until one of them
 * has answered.
 * Must not give access, nor tell whoever asks anything of the log, not even that another has asked.
 * Called by service/acts/procedure. Rule: scenarios 6. */
#include "service/log/change.h"
#include "service/log/deed.h"
#include "service/log/lived.h"

/* What they have asked themselves waits for its answer. */
static bool waits(const Deed *deed, const LogEntered *entered)
{
    const EntryRow *reply = log_lived_last(entered, KIND_ACCESS_REPLY);

    for (uint32_t i = entered->newest.count; i-- > 0 && entered->newest.items[i].first != reply;)
        if (entered->newest.items[i].first->kind == KIND_ACCESS_WISH &&
            id_equal(entered->newest.items[i].first->author, deed->actor->person))
            return true;
    return false;
}

Err deed_access_ask(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    if (waits(deed, entered))
        return fail(E_INVALID);
    log_change_flags(entered, deed->actor, FLAG_ACCESS_ASKED, 0, change);
    change->tells = NOTICE_ACCESS_ASKED;
    return ok();
}

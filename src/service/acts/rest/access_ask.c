/* Somebody of the family who sees no more than the stub asks for access: manager and administrators have it as a task until one of them
 * has answered.
 * Must not give access, nor tell whoever asks anything of the log.
 * Called by service/acts/procedure. Rule: scenarios 6. */
#include "service/log/deed.h"

Err deed_access_ask(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    (void)deed;
    (void)entered;
    change->tells = NOTICE_ACCESS_ASKED;
    return ok();
}

/* Somebody of the family does not want the copy that they are offered before a deletion.
 * Must not answer for anybody else: the deletion waits until each has, or the days are over.
 * Called by service/acts/procedure. Rule: deletion 1. */
#include "service/acts/copy_answer.h"
#include "service/log/copy.h"

Err deed_copy_waive(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    if (log_copy_answered(entered, deed->actor->person))
        return fail(E_INVALID);
    return copy_answer(deed, entered, COPY_WAIVED, change);
}

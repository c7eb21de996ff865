/* An answer to the offer of a copy.
 * Must not lift what others are still asked about.
 * Called by copy.c and by the deed that waives one. */
#include "service/acts/copy_answer.h"

#include "service/log/copy.h"
#include "service/log/keep.h"

Err copy_answer(const Deed *deed, const LogEntered *entered, unsigned answer, LogChange *change)
{
    Values values = {.kind = kind_of(KIND_COPY)};

    change->quiet = true;
    if (log_copy_settled(entered, deed->actor->person, deed->actor->now))
        log_change_flags(entered, deed->actor, 0, FLAG_COPY_AWAITED, change);
    values_put(&values, COPY_ANSWER, code_text(answer));
    return log_keep(deed, entered, &values, change);
}

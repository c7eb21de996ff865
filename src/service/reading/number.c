/* The full national id of the child: an act of its own, with a line of its own.
 * Must not hand it out before the line is durable.
 * Called by web. */
#include "service/reading/number.h"

#include "service/log/enter.h"

Err log_number_read(Service *service, const Actor *actor, Id log, Arena *keep, Str *ret_number)
{
    const LogWish wish = {.log = log, .act = ACT_NUMBER_READ_FULL, .purpose = PURPOSE_READ};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Why why;

    TRY(log_enter(&(LogReader){service, actor, keep}, &wish, &why, &entered));
    TRY(log_read_line(actor, &entered, keep, 0));
    *ret_number = values_at(&entered.child, CHILD_NATIONAL_ID);
    return ok();
}

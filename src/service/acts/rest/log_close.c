/* A log is set passive by its holder or by the manager of its unit, with the reason that they choose.
 * Must not take a reason that a rule alone gives.
 * Called by service/acts/procedure. Rule: scenarios 5. */
#include <assert.h>

#include "service/log/deed.h"

static_assert((int)CLOSE_GOAL_REACHED == (int)CLOSING_GOAL_REACHED && (int)CLOSE_WISH == (int)CLOSING_WISH &&
                  (int)CLOSE_PLAN_TAKES_OVER == (int)CLOSING_PLAN_TAKES_OVER && (int)CLOSE_MOVED == (int)CLOSING_MOVED &&
                  (int)CLOSE_NO_ACTIVITY == (int)CLOSING_NO_ACTIVITY,
              "what people choose is what is stored");

Err deed_log_close(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    unsigned reason = values_code(deed->asked, CLOSING_REASON);

    change->tells = NOTICE_MADE_PASSIVE;
    return reason == CODE_NONE ? fail(E_INVALID) : log_change_close(entered, deed->actor, (enum Closing)reason, change);
}

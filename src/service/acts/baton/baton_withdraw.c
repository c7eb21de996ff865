/* An offer of the baton is taken back before it was answered.
 * Must not take back what was accepted: from then on the baton is another's.
 * Called by service/acts/procedure. Rule: rest 6. */
#include "service/acts/baton/offered.h"

Err deed_baton_withdraw(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    return baton_unanswered(deed, entered, (Id){0}, change);
}

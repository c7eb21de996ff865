/* Whoever was offered the baton does not take it: nothing else changes.
 * Must not show them whom the log is about.
 * Called by service/acts/procedure. Rule: rest 6. */
#include "service/acts/baton/offered.h"

Err deed_baton_decline(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    return baton_unanswered(deed, entered, deed->actor->person, change);
}

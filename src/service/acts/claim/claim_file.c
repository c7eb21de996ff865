/* A guardian, or the person whom the log is about, asks that it be deleted: nothing is deleted, and nobody loses access by that.
 * Must not look at who asks: the policy refuses a child who is too young to consent.
 * Called by service/acts/procedure. Rule: scenarios 2, 3. */
#include "base/calendar.h"
#include "service/acts/claim/claim.h"

Err deed_claim_file(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    return claim_header(deed, entered, oslo_day(deed->actor->now), CODE_NONE, change);
}

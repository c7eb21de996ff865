/* A guardian, or the person whom the log is about, asks that it be deleted: nothing is deleted, and nobody loses access by that.
 * Must not be taken of a child who is too young to decide.
 * Called by service/acts/procedure. Rule: scenarios 2, 3. */
#include "base/calendar.h"
#include "service/acts/claim/claim.h"

Err deed_claim_file(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Day today = oslo_day(deed->actor->now), birth;

    if (deed->actor->role == ROLE_CHILD &&
        (!values_day(&entered->child, CHILD_BIRTH_DATE, &birth) || !claim_age(birth, today, &entered->settings)))
        return fail(E_INVALID);
    return claim_header(deed, entered, today, CODE_NONE, change);
}

/* What becomes of the content of a log when it is deleted: nothing of it is archived, on a ground, or because it was there by mistake.
 * Must not order anything.
 * Called by service/acts/procedure. Rules: deletion 4, 5. */
#include "domain/deletion.h"
#include "service/log/deed.h"

Err deed_archive_decide(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Fault fault = FAULT_FINE;
    FieldKey wrong = archive_decision_wrong(deed->asked, entered->content.log.flags, &fault);

    if (wrong == FIELD_NONE)
        return ok();
    change->wrong = wrong;
    change->fault = fault;
    return fail(E_INVALID);
}

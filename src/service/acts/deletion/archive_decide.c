/* What becomes of the content of a log when it is deleted: a report of it was made, or nothing is archived, on a ground, or because it
 * was there by mistake.
 * Must not order anything.
 * Called by service/acts/procedure. Rules: deletion 4, 5. */
#include "domain/deletion.h"
#include "service/log/deed.h"
#include "service/report/newest.h"

Err deed_archive_decide(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Fault fault = FAULT_FINE;
    ReportRow report = {0};
    FieldKey wrong = archive_decision_wrong(deed->asked, entered->content.log.flags, &fault);

    if (wrong == FIELD_NONE && values_code(deed->asked, ARCHIVE_DECISION_ARCHIVE) == ARCHIVE_REPORT) {
        TRY(report_newest(deed->actor, entered, deed->scratch, &report));
        wrong = id_is_none(report.id) ? ARCHIVE_DECISION_ARCHIVE : FIELD_NONE;
        fault = FAULT_NO_REPORT;
    }
    if (wrong == FIELD_NONE)
        return ok();
    change->wrong = wrong;
    change->fault = fault;
    return fail(E_INVALID);
}

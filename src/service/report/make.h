/* Makes the archive report of an entered log: gathered, written, signed, and sealed under a key of its own.
 * Must not name it by a row: whoever stores what this gives puts it in the place of those that were made before.
 * Used by service/acts/report within a request, and by the job that makes those of long logs. Rule: deletion 5. */
#ifndef SERVICE_REPORT_MAKE_H
#define SERVICE_REPORT_MAKE_H

#include "service/log/entered.h"
#include "service/report/progress.h"
#include "service/service.h"

typedef struct ReportWish {
    Service *service;
    const Actor *actor;
    unsigned language;              /* REPORT_LANGUAGE_x */
    const ReportHearer *hearer;     /* NULL: nobody waits for it */
} ReportWish;

/* What is put in the end. */
typedef struct ReportStored {
    ReportRow row;
    WrappedKey wrapped;
} ReportStored;

/* Its bytes are stored; no row names them yet. Errors: E_TOO_LARGE, E_FORGED, those of keys and the store; the hearer's. */
MUST_USE Err report_make(const ReportWish *wish, const LogEntered *entered, ReportStored *ret_stored);
/* In the work of the act, which writes its line and purges afterwards: those of before are gone with their keys. */
MUST_USE Err report_stored_put(Tx *tx, const ReportStored *made, Arena *scratch);

#endif

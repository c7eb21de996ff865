/* What another municipality will make of a log that goes there: the child, the guardians who said yes, and their consents.
 * Must not be found wanting when the log is given up already: it is judged when it is decided, when it is taken, and when it lands.
 * Called by this room and service/crossing. Rules: transfer 3, 6. */
#ifndef SERVICE_ACTS_TRANSFER_COMING_H
#define SERVICE_ACTS_TRANSFER_COMING_H

#include "domain/transfer.h"
#include "report/report.h"
#include "service/acts/create.h"

#define COMING_GUARDIANS_MAX 4

typedef struct Coming {
    Values child;
    NewGuardian guardians[COMING_GUARDIANS_MAX];
    uint32_t guardian_count;
} Coming;

/* Out of what goes; in keep, and of the report. Errors: E_INVALID when it makes no log. */
MUST_USE Err coming_of(const Report *report, Arena *keep, Coming *ret_coming);
/* Whether a log can be made of it, and nothing is made. Errors: E_INVALID, E_MALFORMED and E_MODE when none can. */
MUST_USE Err coming_judge(Service *service, const Report *report, int64_t now, Arena *keep);

/* Who has said yes to this transfer in what goes, for the domain; in keep. Errors: those of memory. */
MUST_USE Err coming_yeses(const Report *report, Arena *keep, TransferYeses *ret_yeses);

#endif

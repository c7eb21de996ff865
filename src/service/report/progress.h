/* Who hears how far a report is while it is made.
 * Must not be told what stands in it.
 * Used by service/report and the job. */
#ifndef SERVICE_REPORT_PROGRESS_H
#define SERVICE_REPORT_PROGRESS_H

#include "base/err.h"

typedef struct ReportHearer {
    void *self;
    /* So many of so many in this phase (REPORT_PHASE_x). An error ends the making. */
    Err (*tell)(void *self, unsigned phase, uint32_t done, uint32_t total);
} ReportHearer;

/* Nothing where nobody hears. */
static inline MUST_USE Err report_tell(const ReportHearer *hearer, unsigned phase, uint32_t done, uint32_t total)
{
    return hearer && hearer->tell ? hearer->tell(hearer->self, phase, done, total) : ok();
}

#endif
